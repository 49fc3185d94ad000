"""Twelve other shapes, written before the rules and never looked at while they were made."""

from __future__ import annotations

from bench.pages.shapes_known import Shapes
from bench.pages.tales import COMMENTS, Tale


def portal(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title}</title></head><body class="contentpane"><div class="moduletable_menu"><h3>Main Menu</h3><ul class="menu"><li><a href="#">Home</a></li><li><a href="#">News</a></li><li><a href="#">Fiction</a></li><li><a href="#">Web Links</a></li></ul></div><div class="moduletable"><h3>Polls</h3><form>What should we read next?<br>More salt<br>Less salt<br><a href="#">Results</a></form></div>
<span class="breadcrumbs pathway"><a href="#">Home</a> <a href="#">Fiction</a> {tale.title}</span>
<table class="contentpaneopen"><tr><td class="contentheading">{tale.title}</td><td class="buttonheading"><a href="#">PDF</a></td><td class="buttonheading"><a href="#">Print</a></td><td class="buttonheading"><a href="#">E-mail</a></td></tr></table>
<table class="contentpaneopen"><tr><td><span class="small">Written by {tale.author}</span></td></tr><tr><td class="createdate">Monday, 02 March 2009 22:11</td></tr><tr><td><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></td></tr><tr><td class="modifydate">Last Updated on Tuesday, 03 March 2009 08:00</td></tr></table>
<table class="pagenav"><tr><th><a href="#">&lt; Prev</a></th><th><a href="#">Next &gt;</a></th></tr></table><div class="moduletable"><h3>Latest News</h3><ul><li><a href="#">The site has moved</a></li><li><a href="#">Submissions are open again until the end of the month</a></li></ul></div><div align="center">Copyright 2009 The Reading Room. All Rights Reserved.</div></body></html>"""


def builder(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} &mdash; {tale.author}</title></head><body id="collection-1"><div id="siteWrapper"><header id="mainHeader"><h1><a href="/">{tale.author}</a></h1><nav><a href="/work">Work</a><a href="/about">About</a><a href="/contact">Contact</a></nav></header>
<main id="page"><div class="sqs-layout"><article><h1 class="entry-title">{tale.title}</h1><div class="entry-meta"><time>March 2, 2009</time> <span class="by">by <a href="#">{tale.author}</a></span></div><div class="sqs-block-content"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div><div class="entry-tags">Tagged <a href="#">fiction</a>, <a href="#">salt</a></div><div class="entry-actions"><span>14 Likes</span> <span>Share</span></div></article>
<section class="pagination"><a href="#"><span>Newer Post</span><b>The Third Gull</b></a><a href="#"><span>Older Post</span><b>A Short History of Rope</b></a></section></div></main>
<section class="newsletter-block"><p>Sign up with your email address to receive news and updates.</p><p>We respect your privacy.</p></section><footer><p>Made on a hill.</p></footer></div></body></html>"""


def free_host(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title}</title></head><body bgcolor=white><center><table border=1><tr><td><a href="http://www.angelfire.example">Angelfire</a> - <a href="#">Free Web Hosting</a> - <a href="#">Sign In</a> - <a href="#">Share</a><br>Build your own FREE website at Angelfire! Search the site or the web.</td></tr></table></center>
<h1 align=center>{tale.title}</h1><h3 align=center>By: {tale.author}</h3><p><b>{tale.before}</b></p>{tale.shown()}<p>{tale.after}</p>
<p align=center><img src=line.gif><br><a href=main.html><img src=home.gif alt="Home"></a> <a href=next.html><img src=next.gif alt="Next"></a></p><p><font size=-2>Site best viewed in 800x600. This page was last updated on March 2, 2009. Hits: 1043</font></p><center>Sponsored links: <a href="#">Cheap Salt</a> <a href="#">Scales For Less</a></center></body></html>"""


def older_board(tale: Tale) -> str:
    others = "".join(
        f'<div class="post"><div class="smallfont">{when} #2</div><div class="bigusername"><a href="#">{who}</a></div><div class="smallfont">Junior Member</div><div class="smallfont">Join Date: Mar 2006</div><div class="smallfont">Posts: 12</div><div id="post_message_{n}">{text}</div><div class="smallfont"><a href="#">Quote</a></div></div>'
        for n, (who, when, text) in enumerate(COMMENTS)
    )
    return f"""<html><head><title>{tale.title} - Reef Forums</title></head><body><table class="tborder"><tr><td class="navbar"><a href="#">Reef Forums</a> &gt; <a href="#">Creative</a> &gt; <a href="#">Stories</a><br><strong>{tale.title}</strong></td><td class="alt2">Welcome, Unregistered. You last visited: Today at 09:00 PM</td></tr></table><table class="vbmenu"><tr><td><a href="#">User CP</a></td><td><a href="#">FAQ</a></td><td><a href="#">Calendar</a></td><td>Thread Tools</td><td>Display Modes</td></tr></table>
<div class="post"><div class="smallfont">03-02-2009, 10:11 PM #1</div><div class="bigusername"><a href="#">{tale.author}</a></div><div class="smallfont">Senior Member</div><div class="smallfont">Join Date: Jan 2004</div><div class="smallfont">Posts: 212</div><div class="smallfont"><strong>{tale.title}</strong></div><div id="post_message_100">{tale.before}<br /><br />{tale.shown(breaks=True)}<br /><br />{tale.after}</div><div class="smallfont"><em>Last edited by {tale.author}; 03-03-2009 at 08:00 AM.</em></div></div>{others}
<table><tr><td class="smallfont">Posting Rules<br>You may not post new threads<br>You may not post replies<br>BB code is On<br>HTML code is Off</td></tr></table><div>All times are GMT. The time now is 09:00 PM.</div><div>Powered by vBulletin&reg; Version 3.8.1</div></body></html>"""


def story_site(tale: Tale) -> str:
    comments = "".join(
        f'<div class="media"><h4><a href="#">{who}</a> <small>{when}</small></h4><p>{text}</p><span>Rep (12)</span></div>'
        for who, when, text in COMMENTS
    )
    return f"""<html><head><title>{tale.title} - Harbour Serials | Web novels</title></head><body><div class="page-header navbar"><ul class="nav"><li><a href="#">Home</a></li><li><a href="#">Latest Updates</a></li><li><a href="#">Best Rated</a></li><li><a href="#">Sign up</a></li></ul></div>
<div class="page-container"><div class="fic-header"><h1>{tale.title}</h1><h3>by <a href="#">{tale.author}</a></h3><a class="btn" href="#">Fiction Page</a> <a class="btn" href="#">Report Chapter</a></div><div class="portlet author-note-portlet"><div class="caption">A note from {tale.author}</div><div class="author-note"><p>{tale.before}</p></div></div><div class="nav-buttons"><a href="#">Previous Chapter</a> <a href="#">Next Chapter</a></div>
<div class="chapter-inner chapter-content">{tale.shown()}</div><div class="portlet author-note-portlet"><div class="caption">A note from {tale.author}</div><div class="author-note"><p>{tale.after}</p></div></div>
<div class="portlet"><div class="caption">About the author</div><h4><a href="#">{tale.author}</a></h4><ul><li>Bio: I weigh things for a living and write about it.</li></ul></div><div class="comments-container"><h3>Comments(3)</h3>{comments}<div>Log in to comment</div></div></div><div class="page-footer">2013 - 2021 Harbour Serials. All titles are the property of their authors.</div></body></html>"""


def teen_site(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} - Quizzle</title></head><body><div id="h"><a href="#">Q</a><a href="#">Stories</a><a href="#">Quizzes</a><a href="#">Members</a></div><div id="quizHeader"><h1>{tale.title}</h1><div>Fantasy <span>Short Story</span> <span>Completed</span></div><div>by <a href="#">{tale.author}</a> 12 years ago</div></div><div class="ad">Advertisement</div>
<div id="rescontent"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div><div class="ad">Advertisement - story continues below</div><div id="stats"><div>1,043 reads</div><div>44 likes</div></div><div class="btns"><div>Like</div><div>Add to library</div><div>Report</div></div>
<h3>More like this</h3><div class="card"><a href="#">My Brother The Lighthouse</a><p>Tess is fifteen when her brother stops blinking. Nobody in town will talk about it, so she starts asking the ships.</p></div><div class="card"><a href="#">Saltwater Kiss</a><p>He is a prince. She is a clerk. Can they weigh each other's hearts?</p></div></body></html>"""


def shared_reader(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} | Shelfmark</title></head><body><div role="banner"><a href="#">Shelfmark</a> <a href="#">Browse</a></div><div role="main"><h1>{tale.title}</h1><div>{tale.author}</div><div role="article"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div><div role="complementary"><h2>Readers also enjoyed</h2><ul><li>The Gull Inspector</li><li>Nine Ropes</li></ul><p>Readers who liked this one spent an average of eleven minutes with it and went on to another by the same hand.</p></div></div><div role="contentinfo">Shelfmark is run by volunteers. Give us a coin.</div></body></html>"""


def long_menu(tale: Tale) -> str:
    links = "".join(
        f'<a href="{n}.html">{name}</a><br>'
        for n, name in enumerate(
            (
                "Atlantis",
                "Blake's 7",
                "Buffy",
                "Due South",
                "Farscape",
                "Highlander",
                "Lexx",
                "Quantum Leap",
                "Sentinel",
                "Stargate",
                "X-Files",
                "Xena",
            )
        )
    )
    return f"""<html><head><title>The Big Shed of Fic</title></head><body><table><tr><td width=20%><b>The Big Shed of Fic</b><br><br>{links}<br><b>About the Shed</b><br>The Shed has been open since 1997. Mail the Shedkeeper with new stories, or with corrections to the old ones.<br><br><a href="gb.html">Guestbook</a></td><td width=80%><b>{tale.title}</b><br>by {tale.author}<br><br>{tale.before}<br><br>{tale.shown(breaks=True)}<br><br>{tale.after}<br><br>THE END<br><br><a href="top">Top of page</a></td></tr></table></body></html>"""


def archived_page(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title}</title></head><body><div id="HEADER"><table><tr><td>archive.today<br>webpage capture</td><td>Saved from</td><td>http://tides.example/salt</td><td><a href="#">history</a></td><td>11 Nov 2014 10:02:33 UTC</td></tr><tr><td>All snapshots</td><td><a href="#">from host tides.example</a></td></tr></table><div>Webpage <a href="#">Screenshot</a></div><div>share download .zip report bug or abuse Buy me a coffee</div></div>
<div id="CONTENT"><div><div style="x"><h2>{tale.title}</h2><div>{tale.author}</div><div>{tale.before}</div>{"".join(f"<div>{text}</div>" for text in tale.paragraphs)}<div>{tale.after}</div></div></div></div><div>0%</div><div>10%</div><div>20%</div></body></html>"""


def reading_view(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title}</title></head><body class="loaded"><div class="container"><div class="header reader-header"><a class="domain" href="#">tides.example</a><h1 class="reader-title">{tale.title}</h1><div class="credits reader-credits">{tale.author}</div><div class="reader-estimated-time">3-4 minutes</div></div><hr><div class="content"><div class="moz-reader-content"><div id="readability-page-1" class="page"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div></div></div></div><div class="toolbar"><button>Close</button><button>Type controls</button></div></body></html>"""


def magazine(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} - Spindrift Quarterly</title></head><body><div class="topbar">Issue 14 &middot; Spring 2009</div><div class="masthead"><a href="/">Spindrift Quarterly</a></div><ul class="sections"><li><a href="#">Fiction</a></li><li><a href="#">Poetry</a></li><li><a href="#">Reviews</a></li></ul>
<div class="piece"><div class="kicker">Fiction</div><h2>{tale.title}</h2><div class="byline">{tale.author}</div><div class="text"><p>{tale.before}</p>{tale.shown()}<p>{tale.after}</p></div><div class="bio"><p>{tale.author} lives on the coast and has published nothing else in any language.</p></div></div><div class="elsewhere"><h3>Also in this issue</h3><p><a href="#">The Gull Inspector</a>, a story by O. Marchetti</p><p><a href="#">Two Poems</a></p></div><div class="colophon">ISSN 0000-0000. Spindrift is printed on paper when there is any. Subscriptions are twelve shells a year.</div></body></html>"""


def app_page(tale: Tale) -> str:
    return f"""<html><head><title>{tale.title} by {tale.author}</title></head><body><div class="sc-a"><div class="sc-b">Get the app</div><div class="sc-c">Open</div></div><div class="sc-d"><span>Discover</span><span>Library</span><span>Log in</span></div><div class="sc-e"><div class="sc-f">{tale.title}</div><div class="sc-g">{tale.author}</div><div class="sc-h">1.2K reads</div></div><div class="sc-i"><div class="sc-j">{tale.before}</div>{"".join(f'<div class="sc-k"><span>{text}</span></div>' for text in tale.paragraphs)}<div class="sc-j">{tale.after}</div></div><div class="sc-l">Enjoying the story?</div><div class="sc-m">Rate this chapter</div><div class="sc-n">Write a review</div><div class="sc-o"><div>saltlick</div><div>2 years ago</div><div>I love this so much, I read it twice on the bus and missed my stop.</div></div><div class="sc-p">Terms Privacy Imprint</div></body></html>"""


SHAPES: Shapes = (
    *(portal, builder, free_host, older_board, story_site, teen_site, shared_reader, long_menu, archived_page),
    *(reading_view, magazine, app_page),
)
