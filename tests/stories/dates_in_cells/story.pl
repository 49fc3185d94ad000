# written by the archive; do not edit

%FILES = (

1 => {
	Author => 'Oriel Marsh',
	Title => 'Rowing Weather',
	PrintTime => '20040301',
	Location => '1/rowing',
},
2 => {
	Author => 'Oriel Marsh',
	Title => 'Low Water',
	PrintTime => '20040302113000',
	Location => '1/low',
},
3 => {
	Author => 'Oriel Marsh',
	Title => 'The Ferry Bell',
	PrintTime => '883612800',
	Location => '1/bell',
},
4 => {
	Author => 'Oriel Marsh',
	Title => 'Undated',
	PrintTime => '99999999',
	Location => '1/undated',
},
);
1;
