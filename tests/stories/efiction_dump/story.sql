-- Backup of the lantern archive
-- made by its own admin page

DROP TABLE IF EXISTS `lantern_authors`;
CREATE TABLE `lantern_authors` (
  `uid` int(11) NOT NULL auto_increment,
  `penname` varchar(200) NOT NULL default '',
  `realname` varchar(200) NOT NULL default '',
  `email` varchar(200) NOT NULL default '',
  `password` varchar(40) NOT NULL default '0',
  PRIMARY KEY (`uid`), KEY `penname` (`penname`)
) ENGINE=MyISAM;
INSERT INTO `lantern_authors` VALUES (4,'Odile Brandt','Maria Example','odile@example.org','5f4dcc3b5aa765d61d8327deb882cf99'),(9,'O\'Hare, the Second','J. Doe','ohare@example.net','e99a18c428cb38d5f260853678922e03');
INSERT INTO lantern_ratings (rid, rating, ratingwarning, warningtext) VALUES (1,'PG-13','0','');
INSERT INTO lantern_classtypes VALUES (1,'genres','Genres'),(2,'warnings','Warnings');
INSERT INTO lantern_classes VALUES (3,1,'Ghost Story'),(5,2,'Character Death');
INSERT INTO lantern_characters VALUES (2,-1,'Noor','',''),(6,-1,'Ines, called Nessa','','');
INSERT INTO lantern_categories VALUES (1,-1,'Lantern House','','','0','0','1','2');
INSERT INTO lantern_series (seriesid,title,summary,uid) VALUES (7,'Steps and Stairs','',4);
INSERT INTO lantern_inseries VALUES (7,31,0,1,2);
INSERT INTO `lantern_stories` (`sid`,`title`,`summary`,`storynotes`,`catid`,`classes`,`charid`,`rid`,`date`,`updated`,`uid`,`coauthors`,`completed`,`wordcount`) VALUES
(31,'Nine Steps; Down','Somebody must look at the boiler (again).','Written for Wren\'s birthday.','1','3,5','2,6','1','1141234567','2006-03-04 13:00:45',4,'9','1',120),
(32,'Empty Room',NULL,NULL,'1','','2','1','0','0',9,'','0',0);
INSERT INTO `lantern_chapters` VALUES
(102,'Below',2,'','“Ines,” said Noor.<br />\n“How many steps <i>did</i> you say?”','That is all.','1',0,0,0,31,4,12),
(101,'Above',1,'Mind the lamp.','There were nine steps down to the boiler -- and Noor counted them; (every time).\r\n\r\n\"Take the <b>lamp</b>,\" said Ines.\r\nNobody took it.',NULL,'1',0,0,0,31,4,44),
(103,'Empty Room',1,'','',NULL,'1',0,0,0,32,9,3);
INSERT INTO lantern_reviews VALUES (1,31,101,'Wren Q. Public',0,'I shrieked on the bus.','2006-03-12 16:43:50',0,'0','ST'),(2,31,102,'pell',0,'More!','2006-03-13',0,'0','ST');
INSERT INTO lantern_online VALUES ('192.0.2.77','secret');
