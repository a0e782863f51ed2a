-- The ledger on a server: the bytes of every line, and who may add which. Nobody changes or removes one.
-- Every key begins with case_id, so that a cluster can spread cases over machines and keep each one whole.

CREATE SCHEMA factcheck;

CREATE TABLE factcheck.migration (
  version integer PRIMARY KEY,
  sha256 text NOT NULL,
  applied timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE factcheck.setting (name text PRIMARY KEY, value text NOT NULL);

-- What RFC 6962 hashes: a zero byte, then the line without its newline.
CREATE FUNCTION factcheck.leaf(line bytea) RETURNS bytea
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN sha256('\x00'::bytea || line);

-- A line as the JSON of this server can hold it: U+0000, which a quotation may have, is U+FFFD here.
CREATE FUNCTION factcheck.words(line bytea) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN regexp_replace(convert_from(line, 'UTF8'), '(?<!\\)((?:\\\\)*)\\u0000', E'\\1\uFFFD', 'g');

CREATE FUNCTION factcheck.document(line bytea) RETURNS jsonb
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN factcheck.words(line)::jsonb;

-- The kinds of events that the desks of this version know: of another they could say nothing.
CREATE FUNCTION factcheck.kinds() RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN '{
    calculation.recorded, capture.corroborated, capture.made, case.created, checkpoint.witnessed, claim.accepted,
    claim.added, claim.assigned, claim.dismissed, claim.merged, claim.related, claim.reopened, claim.retyped,
    claim.reworded, claim.scheduled, claim.split, claim.unrelated, correction.issued, decisions.signed,
    desk.added, event.adopted, event.redone, event.undone, evidence.attached, evidence.checked, evidence.graded,
    evidence.reanchored, evidence.withdrawn, evidence.withheld, foreword.written, ledger.moved, member.added,
    member.revoked, mention.added, mention.moved, mention.rated, note.added, objection.raised, origins.joined,
    origins.parted, policy.changed, publisher.named, question.answered, question.asked, reading.accepted,
    reading.rejected, scale.adopted, signer.added, signer.revoked, source.dated, source.extracted,
    source.ingested, source.proposed, summary.exported, template.adopted, verdict.confirmed, verdict.disputed,
    verdict.recorded, verdict.settled, work.reported
  }'::text[];

CREATE FUNCTION factcheck.is_count(value jsonb, lowest integer) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN jsonb_typeof(value) = 'number' AND value::text ~ '^[0-9]{1,15}$' AND value::text::bigint >= lowest;

CREATE FUNCTION factcheck.scalar(value jsonb) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN jsonb_typeof(value) <> 'number' THEN value::text
    WHEN value::text ~ '^-?[0-9]{1,16}$' AND abs(value::text::bigint) < 9007199254740992 THEN value::text END;

-- JSON in its one form (RFC 8785), as far as a line may hold it: plain keys, whole numbers, no endless nesting. What it
-- may not hold is left out here, so that a line with it is another one than this.
CREATE FUNCTION factcheck.canonical(value jsonb, depth integer) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF depth > 32 THEN
    RETURN NULL;
  END IF;
  CASE jsonb_typeof(value)
    WHEN 'object' THEN
      RETURN '{' || coalesce((SELECT string_agg('"' || key || '":' || CASE WHEN jsonb_typeof(each.value) IN ('object', 'array')
          THEN factcheck.canonical(each.value, depth + 1) ELSE factcheck.scalar(each.value) END, ',' ORDER BY key COLLATE "C")
        FROM jsonb_each(value) AS each WHERE key ~ '^[a-z][a-z0-9_]*$'), '') || '}';
    WHEN 'array' THEN
      RETURN '[' || coalesce((SELECT string_agg(CASE WHEN jsonb_typeof(each.value) IN ('object', 'array')
          THEN factcheck.canonical(each.value, depth + 1) ELSE factcheck.scalar(each.value) END, ',' ORDER BY ordinality)
        FROM jsonb_array_elements(value) WITH ORDINALITY AS each), '') || ']';
    ELSE
      RETURN factcheck.scalar(value);
  END CASE;
END $$;

CREATE FUNCTION factcheck.are_refs(value jsonb) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN jsonb_typeof(value) = 'array' AND NOT EXISTS (
    SELECT FROM jsonb_array_elements(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END) AS each
      WHERE coalesce(NOT (each ?& '{subject,version}' AND each - '{subject,version}'::text[] = '{}'
        AND each ->> 'subject' ~ '^(case|[CEKRSX][1-9][0-9]{0,8})$' AND factcheck.is_count(each -> 'version', 1)), true));
END $$;

-- Whether a document has what every event has, in the form that every desk reads (docs/format.md).
CREATE FUNCTION factcheck.is_event(said jsonb) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN coalesce(
    said ?& '{spec,seq,prev,id,time,by,kind,subject,version,body}'
    AND said - '{spec,seq,prev,id,time,by,kind,subject,version,body,also,tree,sig}'::text[] = '{}'
    AND said -> 'spec' = '1'
    AND factcheck.is_count(said -> 'seq', 1) AND factcheck.is_count(said -> 'version', 1)
    AND said ->> 'prev' ~ '^[0-9a-f]{64}$'
    AND said ->> 'id' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
    AND said ->> 'time' ~ '^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z$'
    AND jsonb_typeof(said -> 'by') = 'string' AND length(said ->> 'by') BETWEEN 1 AND 200
    AND said ->> 'by' !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFFD]'
    AND said ->> 'kind' = ANY (factcheck.kinds())
    AND said ->> 'subject' ~ '^(case|[CEKRSX][1-9][0-9]{0,8})$'
    AND jsonb_typeof(said -> 'body') = 'object'
    AND (NOT said ? 'sig' OR jsonb_typeof(said -> 'sig') = 'string')
    AND (NOT said ? 'tree' OR (said -> 'tree' ?& '{size,root}' AND (said -> 'tree') - '{size,root}'::text[] = '{}'
         AND factcheck.is_count(said -> 'tree' -> 'size', 0) AND jsonb_typeof(said -> 'tree' -> 'root') = 'string'))
    AND (NOT said ? 'also' OR factcheck.are_refs(said -> 'also')),
    false);
END $$;

-- Two names that are one person's: they differ in case, width, composition, blanks or in what cannot be seen.
CREATE FUNCTION factcheck.folded(name text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN btrim(regexp_replace(translate(replace(lower(normalize(regexp_replace(normalize(name, NFKC),
    '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U000E0000-\U000E0FFF]',
    '', 'g'), NFKC)), 'ß', 'ss'), 'ς', 'σ'), '\s+', ' ', 'g'));
END $$;

CREATE FUNCTION factcheck.says(line bytea, seq bigint, id text, actor text, kind text, subject text, version integer)
  RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT said ->> 'seq' = seq::text AND said ->> 'id' = id AND said ->> 'kind' = kind
      AND said ->> 'subject' = subject AND said ->> 'version' = version::text
      AND (said ->> 'by' = actor
           OR (kind IN ('source.extracted', 'source.proposed') AND said ->> 'by' LIKE 'tool:%'))
    FROM (SELECT factcheck.document(line) AS said OFFSET 0) AS read
  );

-- `actor` is the login that answers for a line; `by` stands in the line itself. `act_id` and `act_by` are those of the
-- act that counts: for a line that brings another desk's act, that act's own.
CREATE TABLE factcheck.event (
  case_id text NOT NULL CHECK (length(case_id) BETWEEN 1 AND 200),
  seq bigint NOT NULL CHECK (seq > 0),
  id text NOT NULL,
  actor text NOT NULL DEFAULT session_user,
  kind text NOT NULL,
  subject text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  act_id text NOT NULL,
  act_by text NOT NULL,
  line bytea NOT NULL,
  leaf bytea NOT NULL GENERATED ALWAYS AS (factcheck.leaf(line)) STORED,
  entered_by text NOT NULL DEFAULT session_user,
  entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_id, seq),
  CONSTRAINT event_once UNIQUE (case_id, id),
  CONSTRAINT line_is_short CHECK (octet_length(line) <= 16777216),
  CONSTRAINT line_says_so CHECK (factcheck.says(line, seq, id, actor, kind, subject, version))
);
CREATE INDEX event_act ON factcheck.event (case_id, act_id);

-- Which line counted which subject up, and to what. Only `count` below writes it, for a line that is in. No foreign key
-- says so: its check keeps, for a whole session, the plan made when there was hardly a line, and reads a whole case.
CREATE TABLE factcheck.touch (
  case_id text NOT NULL,
  subject text NOT NULL,
  version integer NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (case_id, subject, version)
);

-- Who has what open. A lease ends by the server's clock; its fence is another one each time it changes hands.
CREATE SEQUENCE factcheck.fence;
CREATE UNLOGGED TABLE factcheck.lease (
  case_id text NOT NULL,
  subject text NOT NULL,
  holder text NOT NULL,
  fence bigint NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (case_id, subject)
);

-- Which transaction is bringing a ledger here from a file; only functions of this schema write it.
CREATE TABLE factcheck.arrival (case_id text PRIMARY KEY, xact xid8 NOT NULL);

CREATE FUNCTION factcheck.is(person text, part text) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN pg_has_role(person, 'factcheck_' || part, 'MEMBER');

-- What the leads alone may record; which key somebody signs with, everybody says of themselves.
CREATE FUNCTION factcheck.for_leads(kind text, line bytea, actor text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN kind IN ('case.created', 'policy.changed', 'member.added', 'member.revoked', 'scale.adopted',
                  'publisher.named', 'foreword.written', 'template.adopted', 'verdict.settled',
                  'correction.issued', 'event.adopted', 'ledger.moved')
    OR (kind = 'summary.exported' AND factcheck.document(line) -> 'body' -> 'draft' IS DISTINCT FROM 'true'::jsonb)
    OR (kind IN ('signer.added', 'signer.revoked')
        AND factcheck.folded(factcheck.document(line) -> 'body' ->> 'name') IS DISTINCT FROM factcheck.folded(actor));

-- What a line says. FC007 for one that not every desk would read: then none would go on.
CREATE FUNCTION factcheck.read(line bytea) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = factcheck, pg_temp AS $$
DECLARE
  said jsonb;
BEGIN
  IF factcheck.words(line) IS NOT JSON OBJECT WITH UNIQUE KEYS THEN
    RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'the line is not one JSON object with each key once';
  END IF;
  said := factcheck.document(line);
  IF factcheck.canonical(said, 1) <> factcheck.words(line) THEN
    RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'the line is not in the one form of its JSON (RFC 8785)';
  END IF;
  IF NOT factcheck.is_event(said) THEN
    RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'the line lacks what every event has, or has more';
  END IF;
  RETURN said;
END $$;

CREATE FUNCTION factcheck.take() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = factcheck, pg_temp AS $$
DECLARE
  said jsonb;
  inner_act jsonb;
  behind record;
  counted record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.case_id, 0));
  BEGIN
    IF octet_length(NEW.line) > 16777216 THEN
      RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'a line has at most 16 MB';
    END IF;
    said := factcheck.read(NEW.line);
    inner_act := CASE said ->> 'kind' WHEN 'event.adopted'
                 THEN factcheck.read(convert_to(said -> 'body' ->> 'line', 'UTF8')) ELSE said END;
    IF inner_act IS NULL OR inner_act ->> 'kind' = 'event.adopted' AND said ->> 'kind' = 'event.adopted' THEN
      RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'the line brings no act of another desk';
    END IF;
    NEW.seq := (said ->> 'seq')::bigint;
    NEW.id := said ->> 'id';
    NEW.kind := said ->> 'kind';
    NEW.subject := said ->> 'subject';
    NEW.version := (said ->> 'version')::integer;
    NEW.act_id := inner_act ->> 'id';
    NEW.act_by := inner_act ->> 'by';
    NEW.entered_by := session_user;
    NEW.entered_at := clock_timestamp();
    IF (said ->> 'time')::timestamptz > clock_timestamp() + interval '5 minutes' THEN
      RAISE EXCEPTION USING ERRCODE = 'FC005', MESSAGE = 'the time of the line is ahead of the clock of the server',
        DETAIL = (said ->> 'time') || ', here it is ' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
    END IF;
  EXCEPTION WHEN data_exception OR character_not_in_repertoire OR untranslatable_character THEN
    RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'the line is no event', DETAIL = SQLERRM;
  END;
  SELECT seq, leaf, kind, line INTO behind FROM factcheck.event
    WHERE case_id = NEW.case_id ORDER BY seq DESC LIMIT 1;
  IF behind.kind = 'ledger.moved' AND factcheck.document(behind.line) -> 'body' ->> 'to' = 'file'
     AND NOT EXISTS (SELECT FROM factcheck.arrival WHERE case_id = NEW.case_id AND xact = pg_current_xact_id()) THEN
    RAISE EXCEPTION USING ERRCODE = 'FC006', MESSAGE = 'the ledger of this case has moved to a file';
  END IF;
  IF NEW.seq <> coalesce(behind.seq, 0) + 1
     OR said ->> 'prev' IS DISTINCT FROM encode(coalesce(behind.leaf, decode(repeat('00', 32), 'hex')), 'hex') THEN
    RAISE EXCEPTION USING ERRCODE = 'FC001', MESSAGE = 'the line does not follow from the last one',
      DETAIL = format('line %s behind %s', NEW.seq, coalesce(behind.seq, 0));
  END IF;
  IF NEW.seq = 1 AND (NEW.kind <> 'case.created' OR said -> 'body' ->> 'origin' IS DISTINCT FROM NEW.case_id) THEN
    RAISE EXCEPTION USING ERRCODE = 'FC007', MESSAGE = 'a case begins with its creation, under its own origin';
  END IF;
  FOR counted IN
    SELECT said ->> 'subject' AS subject, NEW.version AS version
    UNION ALL
    SELECT each ->> 'subject', (each ->> 'version')::integer
      FROM jsonb_array_elements(coalesce(said -> 'also', '[]'::jsonb)) AS each
  LOOP
    IF counted.version <> 1 + coalesce((SELECT max(version) FROM factcheck.touch
                                        WHERE case_id = NEW.case_id AND subject = counted.subject), 0) THEN
      RAISE EXCEPTION USING ERRCODE = 'FC002', MESSAGE = 'the subject is at another version',
        DETAIL = counted.subject || ' version ' || counted.version;
    END IF;
  END LOOP;
  IF inner_act ->> 'kind' = 'verdict.confirmed' THEN
    IF NOT EXISTS (SELECT FROM factcheck.event
                   WHERE case_id = NEW.case_id AND act_id = inner_act -> 'body' ->> 'verdict'
                     AND kind IN ('verdict.recorded', 'verdict.settled', 'event.adopted'))
       OR EXISTS (SELECT FROM factcheck.event
                  WHERE case_id = NEW.case_id AND act_id = inner_act -> 'body' ->> 'verdict'
                    AND factcheck.folded(act_by) = factcheck.folded(NEW.act_by)) THEN
      RAISE EXCEPTION USING ERRCODE = 'FC003', MESSAGE = 'a verdict is confirmed by another person than its author';
    END IF;
  END IF;
  IF inner_act ->> 'kind' IN ('event.undone', 'event.redone') AND NOT EXISTS (
       SELECT FROM factcheck.event
         WHERE case_id = NEW.case_id AND act_id = inner_act -> 'body' ->> 'id'
           AND factcheck.folded(act_by) = factcheck.folded(NEW.act_by)) THEN
    RAISE EXCEPTION USING ERRCODE = 'FC004', MESSAGE = 'everybody takes back what is their own';
  END IF;
  PERFORM pg_notify('factcheck', NEW.case_id || ' ' || NEW.seq);
  RETURN NEW;
END $$;

CREATE TRIGGER take BEFORE INSERT ON factcheck.event FOR EACH ROW EXECUTE FUNCTION factcheck.take();

-- Behind the line, so that one that ON CONFLICT leaves out counts nothing up.
CREATE FUNCTION factcheck.count() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = factcheck, pg_temp AS $$
DECLARE
  also jsonb;
BEGIN
  INSERT INTO factcheck.touch VALUES (NEW.case_id, NEW.subject, NEW.version, NEW.seq);
  also := factcheck.document(NEW.line) -> 'also';
  IF also IS NOT NULL THEN
    INSERT INTO factcheck.touch
      SELECT NEW.case_id, each ->> 'subject', (each ->> 'version')::integer, NEW.seq
        FROM jsonb_array_elements(also) AS each;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER count AFTER INSERT ON factcheck.event FOR EACH ROW EXECUTE FUNCTION factcheck.count();

CREATE FUNCTION factcheck.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'FC008', MESSAGE = 'a ledger is only ever added to';
END $$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON factcheck.event FOR EACH ROW EXECUTE FUNCTION factcheck.keep();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON factcheck.event FOR EACH STATEMENT EXECUTE FUNCTION factcheck.keep();

ALTER TABLE factcheck.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE factcheck.touch ENABLE ROW LEVEL SECURITY;
ALTER TABLE factcheck.lease ENABLE ROW LEVEL SECURITY;

-- A ledger that comes from a file: lines of many authors, entered by one lead, into a case that is not here yet, that
-- went away to a file, or (by who keeps the server) that a restored back-up has lost the end of.
CREATE FUNCTION factcheck.bring(into_case text, lines bytea[]) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = factcheck, pg_temp AS $$
DECLARE
  last record;
  said jsonb;
  each bytea;
BEGIN
  IF NOT factcheck.is(session_user, 'lead') THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'only a lead brings a ledger here';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(into_case, 0));
  SELECT kind, line INTO last FROM factcheck.event WHERE case_id = into_case ORDER BY seq DESC LIMIT 1;
  IF last.kind IS NOT NULL
     AND NOT (last.kind = 'ledger.moved' AND factcheck.document(last.line) -> 'body' ->> 'to' = 'file')
     AND NOT EXISTS (SELECT FROM factcheck.arrival WHERE case_id = into_case AND xact = pg_current_xact_id())
     AND NOT pg_has_role(session_user, (SELECT tableowner FROM pg_tables
                                        WHERE schemaname = 'factcheck' AND tablename = 'event'), 'MEMBER') THEN
    RAISE EXCEPTION USING ERRCODE = 'FC009', MESSAGE = 'this case is here already';
  END IF;
  INSERT INTO factcheck.arrival VALUES (into_case, pg_current_xact_id())
    ON CONFLICT (case_id) DO UPDATE SET xact = excluded.xact;
  FOREACH each IN ARRAY lines LOOP
    said := factcheck.document(each);
    INSERT INTO factcheck.event (case_id, actor, line) VALUES (into_case,
      CASE WHEN said ->> 'by' LIKE 'tool:%' THEN session_user ELSE said ->> 'by' END, each);
  END LOOP;
  RETURN (SELECT max(seq) FROM factcheck.event WHERE case_id = into_case);
END $$;

CREATE FUNCTION factcheck.take_lease(of_case text, of_subject text, seconds integer)
  RETURNS factcheck.lease LANGUAGE sql SECURITY DEFINER SET search_path = factcheck, pg_temp AS $$
  DELETE FROM factcheck.lease WHERE case_id = of_case
    AND ((holder = session_user AND subject <> of_subject) OR until <= clock_timestamp());
  INSERT INTO factcheck.lease
    SELECT of_case, of_subject, session_user, nextval('factcheck.fence'), clock_timestamp() + make_interval(secs => least(seconds, 3600))
      WHERE EXISTS (SELECT FROM factcheck.event WHERE case_id = of_case AND seq = 1)
    ON CONFLICT (case_id, subject) DO UPDATE SET until = excluded.until WHERE lease.holder = session_user;
  SELECT * FROM factcheck.lease WHERE case_id = of_case AND subject = of_subject;
$$;

CREATE FUNCTION factcheck.keep_lease(of_case text, of_subject text, of_fence bigint, seconds integer)
  RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = factcheck, pg_temp AS $$
  WITH kept AS (
    UPDATE factcheck.lease SET until = clock_timestamp() + make_interval(secs => least(seconds, 3600))
      WHERE case_id = of_case AND subject = of_subject AND holder = session_user AND fence = of_fence
        AND until > clock_timestamp()
      RETURNING 1)
  SELECT EXISTS (SELECT FROM kept);
$$;

CREATE FUNCTION factcheck.end_leases(of_case text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = factcheck, pg_temp AS $$
  DELETE FROM factcheck.lease WHERE case_id = of_case AND holder = session_user;
$$;
