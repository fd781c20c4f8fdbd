-- Facts with all that they name. `number` is the order of the facts and the row that the full-text index refers to.
-- Days are in ISO format; an open end is null.

CREATE TABLE article (
    title TEXT NOT NULL, publisher TEXT, url TEXT, revision TEXT, licence TEXT, licence_url TEXT, attribution TEXT, oir_version TEXT
);
CREATE TABLE sections (section TEXT PRIMARY KEY, number INTEGER NOT NULL, paragraphs INTEGER NOT NULL);

CREATE TABLE entities (
    vocabulary TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
    PRIMARY KEY (vocabulary, id)
);
CREATE TABLE aliases (
    vocabulary TEXT NOT NULL, id TEXT NOT NULL, alias TEXT NOT NULL,
    FOREIGN KEY (vocabulary, id) REFERENCES entities (vocabulary, id)
);
CREATE TABLE participants (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, kind TEXT NOT NULL,
    parent TEXT REFERENCES participants, iso2 TEXT, iso3 TEXT, operation TEXT
);
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, role TEXT,
    participant TEXT REFERENCES participants, fate TEXT, fate_kind TEXT, fate_fact TEXT
);
CREATE TABLE places (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
    within TEXT REFERENCES places, lat REAL, lon REAL, precision INTEGER,
    position_source TEXT, note TEXT
);
CREATE TABLE topics (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, parent TEXT REFERENCES topics
);
CREATE TABLE events (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, parent TEXT REFERENCES events, date TEXT,
    major INTEGER NOT NULL, first_day TEXT, last_day TEXT
);
CREATE TABLE measures (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, unit TEXT NOT NULL);

CREATE TABLE facts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT, first_day TEXT, last_day TEXT, date_text TEXT,
    text TEXT NOT NULL, status TEXT NOT NULL, note TEXT
);
CREATE INDEX facts_by_day ON facts (first_day, last_day);
CREATE TABLE fact_participants (
    fact TEXT NOT NULL REFERENCES facts (id), participant TEXT NOT NULL REFERENCES participants,
    number INTEGER NOT NULL, PRIMARY KEY (fact, participant)
);
CREATE TABLE fact_people (
    fact TEXT NOT NULL REFERENCES facts (id), person TEXT NOT NULL REFERENCES people,
    number INTEGER NOT NULL, PRIMARY KEY (fact, person)
);
CREATE TABLE fact_places (
    fact TEXT NOT NULL REFERENCES facts (id), place TEXT NOT NULL REFERENCES places,
    number INTEGER NOT NULL, PRIMARY KEY (fact, place)
);
CREATE TABLE fact_topics (
    fact TEXT NOT NULL REFERENCES facts (id), topic TEXT NOT NULL REFERENCES topics,
    number INTEGER NOT NULL, PRIMARY KEY (fact, topic)
);
CREATE TABLE fact_events (
    fact TEXT NOT NULL REFERENCES facts (id), event TEXT NOT NULL REFERENCES events,
    number INTEGER NOT NULL, PRIMARY KEY (fact, event)
);
CREATE TABLE fact_attributed_to (fact TEXT NOT NULL REFERENCES facts (id), name TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE fact_disputed_by (fact TEXT NOT NULL REFERENCES facts (id), name TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE fact_differs_from (
    fact TEXT NOT NULL REFERENCES facts (id), other TEXT NOT NULL REFERENCES facts (id), number INTEGER NOT NULL,
    PRIMARY KEY (fact, other)
);
CREATE TABLE figures (
    fact TEXT NOT NULL REFERENCES facts (id), number INTEGER NOT NULL, measure TEXT NOT NULL REFERENCES measures,
    value REAL, low REAL, high REAL, bound TEXT NOT NULL, of_vocabulary TEXT, "of" TEXT, what TEXT,
    PRIMARY KEY (fact, number), FOREIGN KEY (of_vocabulary, "of") REFERENCES entities (vocabulary, id)
);
CREATE TABLE sources (
    fact TEXT NOT NULL REFERENCES facts (id), number INTEGER NOT NULL, section TEXT NOT NULL REFERENCES sections,
    paragraph INTEGER NOT NULL, PRIMARY KEY (fact, number)
);
CREATE INDEX fact_participants_by_participant ON fact_participants (participant);
CREATE INDEX fact_people_by_person ON fact_people (person);
CREATE INDEX fact_places_by_place ON fact_places (place);
CREATE INDEX fact_topics_by_topic ON fact_topics (topic);
CREATE INDEX fact_events_by_event ON fact_events (event);
CREATE INDEX figures_by_measure ON figures (measure);

CREATE VIRTUAL TABLE facts_fts USING fts5 (
    title, text, note, content="facts", content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIEW timeline AS
SELECT date, date_text, title, text, status,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_participants JOIN participants ON id = participant WHERE fact = facts.id ORDER BY number
    )) AS participants,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_people JOIN people ON id = person WHERE fact = facts.id ORDER BY number
    )) AS people,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_places JOIN places ON id = place WHERE fact = facts.id ORDER BY number
    )) AS places,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_topics JOIN topics ON id = topic WHERE fact = facts.id ORDER BY number
    )) AS topics,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM fact_events JOIN events ON id = event WHERE fact = facts.id ORDER BY number
    )) AS events,
    note, first_day, last_day, id
FROM facts ORDER BY number;

CREATE VIEW numbers AS
SELECT facts.date, measures.name AS measure, figures.bound, figures.value, figures.low, figures.high, measures.unit,
    entities.name AS "of", figures.what, facts.title, facts.text, facts.status, facts.id AS fact
FROM figures
JOIN facts ON facts.id = figures.fact
JOIN measures ON measures.id = figures.measure
LEFT JOIN entities ON entities.vocabulary = figures.of_vocabulary AND entities.id = figures."of"
ORDER BY facts.number, figures.number;

CREATE VIEW participant_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM participants UNION SELECT whole, id FROM participants JOIN family ON parent = part
)
SELECT DISTINCT whole AS participant, fact FROM family JOIN fact_participants ON participant = part;

CREATE VIEW place_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM places UNION SELECT whole, id FROM places JOIN family ON within = part
)
SELECT DISTINCT whole AS place, fact FROM family JOIN fact_places ON place = part;

CREATE VIEW topic_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM topics UNION SELECT whole, id FROM topics JOIN family ON parent = part
)
SELECT DISTINCT whole AS topic, fact FROM family JOIN fact_topics ON topic = part;

CREATE VIEW event_facts AS
WITH RECURSIVE family (whole, part) AS (
    SELECT id, id FROM events UNION SELECT whole, id FROM events JOIN family ON parent = part
)
SELECT DISTINCT whole AS event, fact FROM family JOIN fact_events ON event = part;
