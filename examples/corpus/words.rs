//! What the entries are about: people, areas, titles, sentences. Words in braces are filled by chance.

use super::random::Random;

/// Tags.
pub const TAGS: [&str; 30] = [
    "weekly-report",
    "quality",
    "speed",
    "latitude",
    "team",
    "requests",
    "pipeline",
    "tools",
    "cost",
    "clients",
    "onboarding",
    "focus-time",
    "setback",
    "automation",
    "privacy",
    "handover",
    "planning",
    "review",
    "charts",
    "definitions",
    "incidents",
    "suppliers",
    "training",
    "documentation",
    "budget",
    "deadlines",
    "meetings",
    "experiments",
    "corrections",
    "forecast",
];

/// People.
pub const PEOPLE: [&str; 14] = [
    "Kim Osei",
    "Mei-Ling Tan",
    "Jonas Lindqvist",
    "Ruth Abelson",
    "Diego Farías",
    "Priya Raman",
    "Tomasz Wieczorek",
    "Fatima Haddad",
    "Lucia Moretti",
    "Samuel Okafor",
    "Hanna Virtanen",
    "Noor de Vries",
    "Callum Reid",
    "Yuki Tanabe",
];

/// What a scope is about: its first and second words.
pub const DOMAINS: [&str; 16] = [
    "Client",
    "Regional",
    "Quarterly",
    "Internal",
    "Partner",
    "Retail",
    "Delivery",
    "Energy",
    "Warehouse",
    "Customer",
    "Pricing",
    "Survey",
    "Supplier",
    "Capacity",
    "Returns",
    "Service",
];
pub const SUBJECTS: [&str; 14] = [
    "reporting",
    "requests",
    "data loads",
    "onboarding",
    "forecasts",
    "corrections",
    "dashboards",
    "handovers",
    "definitions",
    "audits",
    "newsletters",
    "planning",
    "alerts",
    "training",
];

/// Areas of decision.
pub const AREAS: [&str; 22] = [
    "Sending the weekly report",
    "Ordering the queue",
    "Correcting a published figure",
    "Choosing tools",
    "Release timing",
    "Small spending",
    "Chart style",
    "Retiring old reports",
    "Answering method questions",
    "Holding back a late report",
    "Naming a second reader",
    "Changing a definition",
    "Dates of handover",
    "Access to raw data",
    "Working hours of the team",
    "Calling a supplier",
    "Length of the summary",
    "Order of checks",
    "Training plans",
    "Exceptions for a client",
    "Alert thresholds",
    "Meeting rhythm",
];

/// Titles of decisions.
pub const DECISIONS: [&str; 24] = [
    "Check {thing} by two people",
    "Move {thing} to {weekday}",
    "Stop {thing} for {client}",
    "Leave {thing} as it is",
    "Split {thing} in two",
    "Hold {thing} for a day",
    "One template for {thing}",
    "Write {thing} down before the meeting",
    "Let {client} choose the order",
    "Load {thing} every night",
    "A shorter version of {thing}",
    "Ask {client} before {thing} changes",
    "Give {thing} to the new analyst",
    "No new tool for {thing}",
    "Test {thing} on {client} first",
    "Publish {thing} with its sources",
    "Count {thing} by week",
    "Round {thing} to whole numbers",
    "Drop two steps from {thing}",
    "Keep {thing} for a year",
    "Review {thing} every {weekday}",
    "Merge {thing} with the summary",
    "Colour {thing} by region",
    "Tell {client} about {thing} first",
];

/// Titles of other kinds.
pub const PILOTS: [&str; 10] = [
    "{thing} without sign-off",
    "Quiet mornings for {thing}",
    "{thing} in half the time",
    "A rule instead of a meeting for {thing}",
    "{client} reads {thing} first",
    "{thing} at night",
    "One owner for {thing}",
    "{thing} by checklist",
    "Fewer copies of {thing}",
    "{thing} on {weekday} only",
];
pub const PROPOSALS: [&str; 8] = [
    "Decide about {thing} within the team",
    "Answer {client} directly",
    "Order {thing} by rule",
    "Send {thing} without asking",
    "Plan {thing} for a quarter",
    "Spend on {thing} up to a limit",
    "Choose the tools for {thing}",
    "Correct {thing} at once",
];
pub const AGREEMENTS: [&str; 6] = [
    "{thing}, as agreed",
    "Who decides about {thing}",
    "Terms for {thing}",
    "{client} and {thing}",
    "The limits of {thing}",
    "{thing} until further notice",
];
pub const CONSTRAINTS: [&str; 10] = [
    "{thing} waits for a signature",
    "Two lists for {thing}",
    "No trial on {thing}",
    "Meetings over {thing}",
    "{thing} only in the old tool",
    "Three people approve {thing}",
    "Fixed hours for {thing}",
    "A form for every change to {thing}",
    "{thing} is checked by method",
    "Orders about {thing} do not hold",
];
pub const PAGES: [&str; 6] = [
    "How to read {thing}",
    "Notes on {thing}",
    "Working with me on {thing}",
    "A year of {thing}",
    "Words we use for {thing}",
    "{thing}, before and after",
];

/// Headings of sections.
pub const HEADINGS: [&str; 16] = [
    "Why now",
    "What happened",
    "What it cost",
    "What comes next",
    "Background",
    "How we looked at it",
    "What others said",
    "Figures",
    "What would change my mind",
    "The way back",
    "What I learned",
    "How a week runs",
    "Limits",
    "Who was asked",
    "What I left out",
    "Afterwards",
];

/// Sentences of prose.
pub const SENTENCES: [&str; 64] = [
    "{who} asked for {thing} {time}, and nobody could say who was meant to answer.",
    "Until then {thing} had been {state}, which cost about {n} hours a month.",
    "We counted {n} cases in {m} weeks; {few} of them came from {client}.",
    "The first attempt failed because {cause}.",
    "I had expected the opposite.",
    "{who} read the draft and changed one line.",
    "The figure fell from {n} to {few}, then rose again when {cause}.",
    "Nothing else changed in that time, so I believe the cause was ours.",
    "It could also be chance: {m} weeks are not many.",
    "{team} wanted {thing} first, {team} wanted it last, and both had reasons.",
    "What convinced me was small: {detail}.",
    "I wrote to {who} {time} and had an answer within the day.",
    "For {client} the date matters more than the last decimal.",
    "Since {cause}, every change to {thing} goes through a list of {few} lines.",
    "The list is short because it must be read on a {weekday}.",
    "{who} disagreed, and said so before the meeting rather than after it.",
    "We kept the old way beside the new one for {m} weeks.",
    "That was more work than either alone, and it was worth it.",
    "The error was mine: {detail}.",
    "I told {client} before they found it.",
    "Next time I will ask {who} earlier.",
    "A rule that needs explaining each time is no rule.",
    "By {weekday} noon {n} of {big} rows were still missing.",
    "{team} pays for this, and not those who gain by it.",
    "Without {thing} the {weekday} meeting takes twenty minutes instead of an hour.",
    "There is a limit: nothing above {big} leaves without a second reader.",
    "{who} drew three at random and repeated every step.",
    "Two of the steps turned out to be there for a client who left years ago.",
    "We dropped them and nobody noticed.",
    "It is cheap to take back: one message, and the next report is as before.",
    "Taking it back would be dear, so we waited until {who} had returned.",
    "The date slipped once, by {few} days, because {cause}.",
    "What was promised for {month} was done in {month}.",
    "I would do it again, but I would begin with {client}.",
    "None of this was in the plan.",
    "In {month} the same question came up for {thing}, and the answer was the same.",
    "{who} put it well: \"{quote}\"",
    "The summary says less than the table, and more people read it.",
    "Each of the {few} exceptions has a name and a date beside it.",
    "When in doubt the report waits, and {client} hears of it before noon.",
    "I had {few} reasons against it, and one of them still stands.",
    "The load of {month} was larger than that of the whole quarter before.",
    "A second pair of eyes found {few} slips in the first week and none in the fourth.",
    "{team} now writes its own definitions, and I only keep the list.",
    "If this goes wrong it goes wrong in the open.",
    "My part is the method; the dates belong to {who}.",
    "We agreed on a day to look at it again, and wrote the day down.",
    "Half of the requests were answered by a page that had been there all along.",
    "Nobody had told the new colleagues where to find it.",
    "The tool does what it should; the habit around it did not.",
    "{client} had waited {n} days, of which {few} were ours.",
    "I stopped the trial {time}, a week before its end.",
    "The cost was {big} a month and is now less than half.",
    "It took {who} one afternoon to learn and me a whole week.",
    "What is measured here is the delay, not the effort.",
    "A good {month} proves little, and two bad weeks prove less.",
    "The question is never whether to check, but who checks and with what.",
    "We had {n} versions of {thing}, and three of them were called final.",
    "Now there is one, with the date in its name.",
    "Those who ask are told the same by everyone.",
    "{who} keeps the log; I keep the reasons.",
    "If {cause} again, we go back without a meeting.",
    "Some of it was luck, and I do not know how much.",
    "The next step is smaller than the last one, on purpose.",
];

/// Sentences with a link.
pub const LINKING: [&str; 8] = [
    "This follows from {link}.",
    "The figures stand in {link}.",
    "It was different in {link}.",
    "See also {link}, where the same happened on a smaller scale.",
    "What came of it is in {link}.",
    "{link} goes into the reasons.",
    "Before that there was {link}, and it still holds.",
    "Without {link} I would not have tried.",
];

/// Items of lists.
pub const ITEMS: [&str; 20] = [
    "Every figure has a source that a second person can open",
    "Nothing leaves that only one person has looked at",
    "Changes after {weekday} wait a week",
    "Cost of more than {big} is asked for first",
    "Contract terms stay with {who}",
    "{client} is told before noon",
    "The old way stays usable for {m} weeks",
    "One list, kept by one person",
    "Fewer than {few} corrections a month",
    "{n} hours a week of a second reader",
    "A load can be repeated from the runbook alone",
    "No client data leaves its own store",
    "Two weeks of notice for every change of dates",
    "{team} hears of it on the same day",
    "Exceptions are written down with a reason",
    "The summary fits on one page",
    "Questions are answered within {few} days",
    "Figures older than a year are marked",
    "{who} can stop it at any time",
    "The reason is worth more than the date",
];

/// Single sentences without a full stop, for fields.
pub const CLAUSES: [&str; 24] = [
    "{thing} went out {time} for the first time",
    "One report was late by {few} hours because {cause}",
    "{client} accepted it and asked for the same next time",
    "The checklist grew by one line",
    "Nothing was handed up",
    "{who} was told within the day",
    "The second reader needs a deputy",
    "{n} of {big} cases were done without asking",
    "Fewer questions than in the month before",
    "Two weeks without a correction",
    "The trial with {client} starts on {weekday}",
    "A page with figures for {who}",
    "What comes from a real error gets read",
    "Waiting costs more than a wrong guess that can be mended",
    "The first week was no faster than before",
    "{team} takes over the list",
    "The date was kept and the scope was not",
    "{who} asked for {thing} and got it within {few} days",
    "Half of the delay was ours",
    "The old template is gone",
    "Nobody missed the meeting",
    "The estimate was too low by {n} hours",
    "{client} read it on paper, which I had not expected",
    "A quiet month with {few} requests",
];

const SLOTS: [(&str, &[&str]); 15] = [
    ("who", &PEOPLE),
    (
        "thing",
        &[
            "the weekly report",
            "the request queue",
            "the nightly load",
            "the price list",
            "the chart pack",
            "the runbook",
            "the error log",
            "the handover note",
            "the forecast",
            "the master list",
            "the survey table",
            "the supplier figures",
            "the summary page",
            "the alert mail",
            "the audit trail",
            "the method notes",
            "the capacity plan",
            "the newsletter",
            "the training plan",
            "the returns table",
        ],
    ),
    (
        "client",
        &[
            "Alder", "Birch", "Cedar", "Hazel", "Rowan", "Linden", "Maple", "Juniper", "Willow", "Aspen",
            "Larch",
        ],
    ),
    ("team", &["Client Services", "Data Platform", "Finance", "Insights", "Compliance", "the night shift"]),
    ("weekday", &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
    (
        "month",
        &["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
    ),
    (
        "time",
        &[
            "on a Friday afternoon",
            "in the middle of the quarter",
            "a day before the deadline",
            "in spring",
            "during the audit",
            "after the reorganisation",
            "in the first week of the year",
            "twice in one week",
            "while half of us were away",
        ],
    ),
    (
        "state",
        &[
            "checked by whoever had time",
            "copied by hand",
            "sent late as a matter of course",
            "spread over three folders",
            "nobody's business",
            "signed without being read",
            "rebuilt from scratch",
        ],
    ),
    (
        "cause",
        &[
            "the source changed its columns without a word",
            "two people worked from different lists",
            "a holiday fell on the day of the load",
            "the file of the week before was still there",
            "nobody had the key to the archive",
            "the approval took longer than the work",
            "one region reported in another currency",
            "the reader was on leave",
            "the limit was set by guess",
        ],
    ),
    (
        "detail",
        &[
            "a footnote that named the wrong week",
            "the log had no entry for the day in question",
            "the same total stood in two tables and differed by one",
            "I had not asked who reads the last page",
            "the table was right and its title was not",
            "the mail went to the list of last year",
        ],
    ),
    (
        "quote",
        &[
            "The list contradicts you, so I do not have to.",
            "I looked for the line that says how to stop it.",
            "Send it before noon or send it tomorrow.",
            "You told me the price before I asked.",
            "It was late, and I knew it would be late.",
            "Fewer words, more dates.",
        ],
    ),
    ("n", &["12", "14", "17", "19", "23", "26", "31", "38", "42"]),
    ("m", &["three", "four", "six", "eight", "ten"]),
    ("few", &["two", "three", "four", "five"]),
    ("big", &["120", "250", "400", "900", "1500", "2000"]),
];

/// A template with its words in braces filled; words that are not known are left for the caller.
pub fn filled(template: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (slot, after) = behind.split_once('}').expect("a brace closes");
        text.push_str(before);
        match SLOTS.iter().find(|(name, _)| *name == slot) {
            Some((_, words)) => text.push_str(random.pick(words)),
            None => text.push_str(&format!("{{{slot}}}")),
        }
        rest = after;
    }
    text.push_str(rest);
    capitalised(&text)
}

/// One of several templates, filled.
pub fn any(templates: &[&str], random: &mut Random) -> String {
    let template = random.pick(templates);
    filled(template, random)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
