"""Twelve shapes of pages that the rules were made on."""

from __future__ import annotations

from collections.abc import Callable

from bench.pages.tales import COMMENTS, Tale

Shapes = tuple[Callable[[Tale], str], ...]


def weblog(tale: Tale) -> str:
    comments = "".join(
        f'<li class="comment"><div class="comment-author vcard"><cite>{who}</cite> <span class="says">says:</span></div>'
        f'<div class="comment-meta"><a href="#c">{when}</a></div><p>{text}</p><div class="reply"><a href="#r">Reply</a></div></li>'
        for who, when, text in COMMENTS
    )
    return f"""<html><head><title>{tale.title} | Low Tide Stories</title><meta name="generator" content="WordPress 2.7"></head>
<body class="single has-sidebar"><div id="page"><div id="header"><h1><a href="/">Low Tide Stories</a></h1><div class="description">Fiction, mostly wet</div></div>
<div id="content" class="narrowcolumn"><div class="navigation"><div class="alignleft"><a href="/a">&laquo; An Older Thing</a></div><div class="alignright"><a href="/b">A Newer Thing &raquo;</a></div></div>
<div class="post" id="post-12"><h2>{tale.title}</h2><div class="entry"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#t">Twitter</a></li><li><a href="#f">Facebook</a></li></ul></div>
<p class="postmetadata alt"><small>This entry was posted on Monday, March 2nd, 2009 at 10:11 pm and is filed under <a href="/c">Stories</a>. You can follow any responses to this entry through the <a href="/f">RSS 2.0</a> feed.</small></p></div></div>
<h3 id="comments">3 Responses to &#8220;{tale.title}&#8221;</h3><ol class="commentlist">{comments}</ol>
<div id="respond"><h3>Leave a Reply</h3><form><p>Name (required)</p><p>Mail (will not be published) (required)</p></form></div></div>
<div id="sidebar"><ul><li><h2>About</h2><p>I keep my stories here so that I know where they are. Nothing on this site is true except the weather, and I would ask you not to copy any of it elsewhere.</p></li><li><h2>Recent Posts</h2><ul><li><a href="/1">Gull</a></li><li><a href="/2">The Second Gull</a></li></ul></li><li><h2>Blogroll</h2><ul><li><a href="http://x">Documentation</a></li><li><a href="http://y">Plugins</a></li></ul></li><li><h2>Archives</h2><ul><li><a href="/3">March 2009</a></li></ul></li></ul></div>
<div id="footer"><p>Low Tide Stories is proudly powered by <a href="http://wordpress.org/">WordPress</a></p></div></div></body></html>"""


def hosted_weblog(tale: Tale) -> str:
    comments = "".join(
        f'<dt class="comment-author"><a href="#u">{who}</a> said...</dt><dd class="comment-body"><p>{text}</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="#d">{when}</a></span></dd>'
        for who, when, text in COMMENTS
    )
    return f"""<html><head><title>Ink &amp; Kelp: {tale.title}</title></head><body>
<div class="navbar section"><div class="widget Navbar"><a href="#">Next Blog&#187;</a> <a href="#">Create Blog</a> <a href="#">Sign In</a></div></div>
<div class="header-outer"><div class="Header"><h1 class="title">Ink &amp; Kelp</h1></div></div>
<div class="main-outer"><div class="column-center-outer"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>Monday, March 2, 2009</span></h2>
<div class="post hentry"><h3 class="post-title entry-title">{tale.title}</h3><div class="post-body entry-content">{tale.before}<br /><br />{tale.shown(breaks=True)}<br /><br />{tale.after}<div style="clear: both;"></div></div>
<div class="post-footer"><div class="post-footer-line"><span class="post-author vcard">Posted by <span class="fn">{tale.author}</span></span> <span class="post-timestamp">at <a href="#">10:11 PM</a></span> <a href="#">Email This</a><a href="#">BlogThis!</a><a href="#">Share to Twitter</a></div><div class="post-footer-line">Labels: <a href="#">fiction</a>, <a href="#">salt</a></div></div></div>
<div class="comments" id="comments"><h4>3 comments:</h4><dl>{comments}</dl><p class="comment-footer"><a href="#">Post a Comment</a></p></div></div></div>
<div class="blog-pager"><a href="#">Newer Post</a> <a href="#">Older Post</a> <a href="#">Home</a></div><div class="post-feeds">Subscribe to: <a href="#">Post Comments (Atom)</a></div></div>
<div class="column-right-outer"><aside><div class="widget Profile"><h2>About Me</h2><a href="#">{tale.author}</a><p>Writer of small things. Lives beside a large one.</p><a href="#">View my complete profile</a></div><div class="widget BlogArchive"><h2>Blog Archive</h2><ul><li><a href="#">2009</a> (12)</li><li><a href="#">2008</a> (40)</li></ul></div></aside></div></div></body></html>"""


def home_page(tale: Tale) -> str:
    return f"""<HTML><HEAD><TITLE>Wren's Nest - {tale.title}</TITLE></HEAD><BODY BGCOLOR="#000033" TEXT="#CCCCFF">
<TABLE WIDTH="100%" BORDER=0><TR><TD WIDTH=140 VALIGN=TOP BGCOLOR="#000066"><FONT SIZE=2><A HREF="index.html">Home</A><BR><A HREF="fic.html">My Stories</A><BR><A HREF="links.html">Cool Links</A><BR><A HREF="awards.html">Awards I've Won</A><BR><A HREF="gb.html">Sign My Guestbook</A><BR><A HREF="mailto:wren@geocities.example">Email Me!</A><BR><BR>You are visitor<BR><IMG SRC="/cgi-bin/counter" ALT="004211"><BR>since May 1998</FONT></TD>
<TD VALIGN=TOP><CENTER><FONT SIZE=6>{tale.title}</FONT><BR><FONT SIZE=3>by {tale.author}</FONT></CENTER><HR><I>{tale.before}</I><BR><BR>{tale.shown(breaks=True)}<BR><BR><I>{tale.after}</I><HR>
<CENTER><A HREF="fic.html">Back to my stories</A><BR><FONT SIZE=1>This page hosted by GeoCities. Get your own <A HREF="http://www.geocities.example">Free Home Page</A></FONT><BR>This Salt Fiction Ring site is owned by Wren. [ <A HREF="#">Prev</A> | <A HREF="#">Random</A> | <A HREF="#">Next</A> | <A HREF="#">List Sites</A> ]</CENTER></TD></TR></TABLE></BODY></HTML>"""


def board(tale: Tale) -> str:
    others = "".join(
        f'<table class="tablebg"><tr><td class="profile"><b class="postauthor">{who}</b><br>Posts: 41<br>Location: the sea</td><td><div class="postsubject">Re: {tale.title}</div><div class="postbody">{text}</div><div class="posted">Posted: {when}</div></td></tr></table>'
        for who, when, text in COMMENTS
    )
    return f"""<html><head><title>The Brackish Board &bull; View topic - {tale.title}</title></head><body>
<div id="wrapheader"><div id="logodesc"><h1>The Brackish Board</h1></div><div id="menubar"><a href="#">Login</a> <a href="#">Register</a> <a href="#">FAQ</a> <a href="#">Search</a></div></div>
<p class="breadcrumbs"><a href="#">Board index</a> &#187; <a href="#">Fiction</a></p><h2><a class="titles" href="#">{tale.title}</a></h2><p class="gensmall">Moderators: <a href="#">Ashfall</a></p>
<table class="tablebg"><tr><td class="profile"><b class="postauthor">{tale.author}</b><br>Posts: 212<br>Joined: Tue Jan 06, 2004 9:11 pm</td><td><div class="postsubject">Post subject: {tale.title}</div><div class="postbody">{tale.before}<br /><br />{tale.shown(breaks=True)}<br /><br />{tale.after}</div><div class="posted">Posted: Mon Mar 02, 2009 10:11 pm</div></td></tr></table>
{others}<div id="pagefooter"><a href="#">Post a reply</a> Page <b>1</b> of <b>1</b> [ 4 posts ]<br>All times are UTC<br>Powered by phpBB &copy; 2000, 2002, 2005 phpBB Group</div></body></html>"""


def reblogging(tale: Tale) -> str:
    notes = "".join(
        f'<li class="note like"><a href="#">{who}</a> liked this</li><li class="note reblog"><a href="#">{who}</a> reblogged this from <a href="#">{tale.author}</a></li>'
        for who, _, _ in COMMENTS
    )
    return f"""<html><head><title>{tale.author} : {tale.title}</title></head><body class="permalink"><header id="top"><a href="/">{tale.author}</a><p class="description">words and water. ask box open. do not repost.</p><nav><a href="/ask">ask</a><a href="/archive">archive</a><a href="/tagged/fic">fic</a></nav></header>
<section id="posts"><article class="post text"><h2 class="post-title">{tale.title}</h2><div class="copy"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div>
<div class="tags"><a href="#">#my writing</a> <a href="#">#salt</a> <a href="#">#not a drabble</a></div><div class="meta"><a href="#">Mar 2nd, 2009</a> &middot; <a href="#">44 notes</a></div></article>
<ol class="notes">{notes}<li class="note more">Show more notes</li></ol></section><footer>Theme by <a href="#">someone</a>. Powered by Tumblr.</footer></body></html>"""


def own_archive(tale: Tale) -> str:
    return f"""<html><head><title>Tidewrack Fiction Archive</title></head><body>
<center><img src="banner.gif" alt="Tidewrack"><br>[ <a href="index.php">Main</a> ] [ <a href="authors.php">Authors</a> ] [ <a href="titles.php">Titles</a> ] [ <a href="submit.php">Submit</a> ] [ <a href="rules.php">Rules</a> ]</center>
<table width="90%"><tr><td class="head"><b>{tale.title}</b> by <a href="author.php?id=4">{tale.author}</a></td></tr><tr><td class="sub">Rating: PG<br>Summary: A clerk and a weight.<br>Disclaimer: Ours, all of it.</td></tr>
<tr><td>{tale.before}<br><br>{tale.shown(breaks=True)}<br><br>{tale.after}</td></tr><tr><td class="foot"><a href="review.php?id=9">Review this story</a> | <a href="email.php?id=4">Email the author</a> | <a href="index.php">Back to index</a></td></tr></table>
<p align="center"><small>Please post a comment on this story.<br>Read reviews <a href="reviews.php?id=9">(3)</a><br>Disclaimer: The stories here belong to their authors and may not be copied without their leave. Tidewrack is not responsible for what its members write.</small></p></body></html>"""


def managed(tale: Tale) -> str:
    comments = "".join(
        f'<div class="comment"><h3><a href="#">Re: {tale.title}</a></h3><div class="submitted">Submitted by {who} on {when}.</div><div class="content"><p>{text}</p></div><ul class="links"><li><a href="#">reply</a></li></ul></div>'
        for who, when, text in COMMENTS
    )
    return f"""<html><head><title>{tale.title} | The Reading Hall</title></head><body class="html not-front one-sidebar sidebar-first"><div id="page-wrapper"><div id="header"><div id="site-name"><a href="/">The Reading Hall</a></div></div><div id="main-menu"><ul><li><a href="#">Home</a></li><li><a href="#">Latest</a></li><li><a href="#">Forums</a></li></ul></div>
<div id="breadcrumb"><h2 class="element-invisible">You are here</h2><div class="breadcrumb"><a href="/">Home</a> &#187; <a href="#">Stories</a></div></div>
<div id="sidebar-first"><div class="block block-user"><h2>User login</h2><form><div>Username *</div><div>Password *</div></form><ul><li><a href="#">Create new account</a></li><li><a href="#">Request new password</a></li></ul></div><div class="block"><h2>Who's online</h2><p>There are currently 2 users and 31 guests online.</p></div></div>
<div id="content"><h1 id="page-title">{tale.title}</h1><div class="node node-story"><div class="submitted">Submitted by {tale.author} on Mon, 03/02/2009 - 22:11</div><div class="field field-name-body"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div><div class="field-name-taxonomy">Tags: <a href="#">water</a></div><ul class="links inline"><li><a href="#">Add new comment</a></li><li>1043 reads</li></ul></div><div id="comments"><h2>Comments</h2>{comments}</div></div>
<div id="footer">Powered by <a href="#">Drupal</a></div></div></body></html>"""


def made_of_boxes(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} - Pagewell</title></head><body><div id="root"><div class="css-1a2"><div class="css-9q">We use cookies to make Pagewell better. By going on you agree that we do. <a href="#">Learn more</a></div><div class="css-btn">Accept all</div></div>
<div class="css-7f"><div class="css-2k"><a href="/">Pagewell</a></div><div class="css-2l"><a href="/t">Topics</a></div><div class="css-2m"><a href="/w">Write</a></div><div class="css-2n"><a href="/s">Sign in</a></div></div>
<div class="css-44"><div class="css-h1">{tale.title}</div><div class="css-au"><a href="/@a">{tale.author}</a><span>Follow</span></div><div class="css-md">4 min read · Mar 2</div><div class="css-st">212 likes</div>
<div class="css-body"><div class="css-p">{tale.before}</div>{"".join(f'<div class="css-p">{text}</div>' for text in tale.paragraphs)}<div class="css-p">{tale.after}</div></div>
<div class="css-ft"><div>Clap</div><div>Save</div><div>Share</div></div><div class="css-nl"><div>Get the best of Pagewell in your inbox every Sunday.</div><div>Subscribe</div></div>
<div class="css-rec"><div class="css-rh">More from {tale.author}</div><div class="css-ri"><a href="/1">The Rope Clerk</a><div>In which a rope is weighed, and found to be somebody's.</div></div><div class="css-ri"><a href="/2">A Dry Year</a><div>Nobody in the town had seen the sea since Easter, and they had begun to talk.</div></div></div></div>
<div class="css-foot"><a href="#">About</a><a href="#">Help</a><a href="#">Terms</a></div></div></body></html>"""


def wiki(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} - Saltpedia</title></head><body class="mediawiki"><div id="content"><a id="top"></a><h1 id="firstHeading">{tale.title}</h1><div id="siteSub">From Saltpedia</div><div id="jump-to-nav">Jump to: <a href="#n">navigation</a>, <a href="#s">search</a></div>
<div id="mw-content-text"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div><div class="printfooter">Retrieved from "<a href="#">http://salt.example/wiki/{tale.title}</a>"</div><div id="catlinks"><a href="#">Category</a>: <a href="#">Fan fiction</a></div></div>
<div id="column-one"><div class="portlet" id="p-cactions"><h5>Views</h5><ul><li><a href="#">Page</a></li><li><a href="#">Discussion</a></li><li><a href="#">View source</a></li><li><a href="#">History</a></li></ul></div><div class="portlet"><h5>Personal tools</h5><ul><li><a href="#">Log in / create account</a></li></ul></div></div>
<div id="footer"><ul><li>This page was last modified on 2 March 2009, at 22:11.</li><li>This page has been accessed 1,043 times.</li><li>Content is available under <a href="#">Attribution 3.0</a>.</li></ul></div></body></html>"""


def with_reviews(tale: Tale) -> str:
    reviews = "".join(f"<tr><td><b>{who}</b> - {when}<br>{text}</td></tr>" for who, when, text in COMMENTS)
    return f"""<html><head><title>{tale.title}</title></head><body><table><tr><td colspan=2><a href="/">Home</a> &#149; <a href="/new">Just In</a> &#149; <a href="/search">Search</a> &#149; <a href="/help">Help</a></td></tr></table>
<table width=100%><tr><td><b>{tale.title}</b><br>Author: <a href="/a">{tale.author}</a><br>PG - English - Drama - Chapters: 1 - Words: 812 - Reviews: 3 - Published: 03-02-09</td></tr></table>
<select><option>1. {tale.title}</option></select><div id=storycontent><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div>
<div align=center><a href="#">Review this Chapter</a> &#149; <a href="#">Add to Favorites</a> &#149; <a href="#">Report Abuse</a></div><table><tr><td><b>Reviews</b></td></tr>{reviews}</table><center><font size=1>Use of this site means that you agree to its terms. 2001-2009.</font></center></body></html>"""


def under_a_toolbar(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title}</title></head><body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><div id="wm-ipp-inside"><div id="wm-capinfo"><a href="/web/">The Wayback Machine</a> - http://www.tides.example/fic/salt.htm</div><div>12 captures</div><div>02 Mar 2009 - 11 Nov 2014</div><table><tr><td>Feb</td><td>MAR</td><td>Apr</td></tr><tr><td></td><td>02</td><td></td></tr><tr><td>2008</td><td>2009</td><td>2010</td></tr></table><div>About this capture</div></div></div><!-- END WAYBACK TOOLBAR INSERT -->
<font face="Arial"><center><h2>{tale.title}</h2><h4>{tale.author}</h4></center><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p><p align=center><a href="index.htm">Home</a> <a href="stories.htm">Stories</a></p></font></body></html>"""


def plain_in_a_frame(tale: Tale) -> str:
    text = "\n\n".join(tale.paragraphs)
    return f"""<html><head><title>tides.example/~wren/salt.txt</title></head><body><div class="bar"><a href="/~wren">/~wren</a> <a href="?raw">raw</a> <a href="?dl">download</a> 4.1 KB</div><pre>
{tale.title.upper()}
by {tale.author}

{tale.before}

{text}

{tale.after}
</pre><div class="bar">tides.example - a server in a shed - <a href="/abuse">report abuse</a></div></body></html>"""


SHAPES: Shapes = (
    *(weblog, hosted_weblog, home_page, board, reblogging, own_archive, managed, made_of_boxes, wiki),
    *(with_reviews, under_a_toolbar, plain_in_a_frame),
)
