"""Stories and what sites set around them, for pages of makers that nobody has described."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tale:
    """A story as its author would post it, and what readers said of it."""

    title: str
    author: str
    paragraphs: tuple[str, ...]
    before: str = ""
    after: str = ""

    def shown(self, *, breaks: bool = False) -> str:
        """Its paragraphs as a page has them: elements, or text between doubled line ends."""
        if breaks:
            return "<br><br>\n".join(self.paragraphs)
        return "\n".join(f"<p>{text}</p>" for text in self.paragraphs)


LONG = Tale(
    "The Salt Clerk",
    "Wren Aldous",
    (
        "The office of weights had one clerk, and she had one scale, and neither of them had been wrong "
        "since the flood.",
        '"It\'s for my mother," said the boy on the step. He had carried the salt in his hat.',
        "\"Your mother's dead,\" said Ottilie Marsh, who knew everyone's mother.",
        '"It is still for her."',
        "She took the hat. It was a good hat for a boy of that size, and she emptied it onto the brass with more care "
        "than she would have given to gold, since gold was weighed on Thursdays by somebody else.",
        "The pointer moved. It went past the mark for a hat of salt and past the mark for a sack of it, and it came to "
        "rest where she had only ever seen it rest once, on the morning after the water went down.",
        '"That\'s a person," said Ottilie.',
        "The boy nodded. He did not seem surprised, or he had been surprised for so long that his face had stopped.",
        "Outside somebody was calling the ferry, two long notes and a short one, and nobody was answering. "
        "She wrote the "
        "figure in the book. Her hand was quite steady; it was the line it wrote on that was not.",
        '"What do I owe?" said the boy.',
        "There was a tariff. It hung behind her in a frame, and it went from pins to anchors, and she had "
        "never needed to "
        "turn round to read it. She turned round now.",
        '"Nothing for mothers," she read aloud, in her own handwriting.',
        "He put the hat on. A little salt ran down behind his ear, and he left it there.",
        '"Same time tomorrow?" said Ottilie Marsh.',
        '"She\'s heavy," said the boy. "It will take all summer."',
    ),
    "Author's note: this was written in one sitting for the flood challenge, and I have not looked at it since. Thank "
    "you to Brannoch for the beta.",
    "More of Ottilie soon, I hope. Reviews are read aloud to the cat.",
)
SHORT = Tale(
    "Inventory",
    "tincture_b",
    (
        "One lamp, wanting oil. One chair.",
        "One window that looks at the harbour, and a second that used to.",
        "She counts the spoons and there are eleven, as there were when he left, and when he came back, and "
        "when he left.",
        "One bed.",
        "She writes it down twice, because it takes up so much room.",
    ),
)
FIRST = Tale(
    "What the Ditch Said",
    "hobbin",
    (
        "I was paid by the yard and I dug by the yard, and I never in my life asked a field its opinion.",
        "It was the third week of October when the ditch spoke to me. I say the ditch. It may have been what "
        "was under it.",
        "It knew my name, which is on no paper in that county, and it used the short form that only my sister uses.",
        "I put down the spade. There is nothing in the agreement about that, and I looked.",
        "What it wanted was simple enough. It wanted to be a little longer, in the direction of the church, and it was "
        "prepared to be generous. I told it that I would have to speak to the farmer.",
        "The farmer, it said, was already spoken to.",
        "So I dug toward the church. I dug by lantern and I dug by no lantern, and every yard of it came up "
        "easier than "
        "the last, until it was not digging so much as unfastening.",
        "On the morning they found me I was forty yards past the end of the plan, and I could not have told "
        "you my name "
        "in any form at all. But I had been paid. It was all there in my boot, every coin, and they were warm.",
    ),
    "For Ilse, on her birthday, who asked for a ditch.",
)
TALES = (LONG, SHORT, FIRST)

COMMENTS = (
    ("saltlick", "March 3, 2009 at 8:14 pm", "I love this so much, I read it twice on the bus and missed my stop."),
    ("Quillon", "March 4, 2009 at 7:02 am", "The hat! Please tell me there is going to be a second part."),
    ("m_tarrant", "March 9, 2009 at 11:40 pm", "Found this from a rec list. What a strange and lovely thing to find."),
)
