# written by the archive; do not edit

%FILES = (

1 => {
	Author => 'Odile Brandt',
	Email => 'odile@example.org',
	Title => 'Nine Steps, \'Down\'',
	Summary => 'Somebody's got to look at the boiler; "again", says Ines, & soon.',
	PrintTime => '949190400',
	Location => '1/nine',
	FileType => 'html',
	Rating => 'PG-13',
	Warnings => 'none',
},
2 => {
	'Author' => "O'Hare",
	"Title" => 'A line
break',
	EmailAuthor => 'ohare@example.net',
	DatePrint => '02/26/00',
	LocationURL => 'http://elsewhere.example.com/fic.html',
	Offsite => 'offsite',
},
3 => {
   Title => 'Gone', Author => 'Wren', Location => '3/gone', Date => '01/30/00'
}
);
1;
