-- Audits in the product: what an auditor may see and why, and what an audit found.

CREATE TABLE audit_scope (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  staff_id uuid NOT NULL REFERENCES staff,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  first_day date NOT NULL,
  last_day date NOT NULL CHECK (last_day >= first_day),
  program_ids uuid[] NOT NULL DEFAULT '{}',
  bulletin text,
  valid_from date NOT NULL,
  valid_to date NOT NULL CHECK (valid_to >= valid_from),
  given_at timestamptz NOT NULL DEFAULT now(),
  given_by uuid NOT NULL REFERENCES staff,
  ended_at timestamptz,
  ended_by uuid REFERENCES staff,
  UNIQUE (id, agency_id)
);
COMMENT ON TABLE audit_scope IS 'What an auditor may look at, why, and for how long: services of some days, read-only; without one an auditor sees nothing';
COMMENT ON COLUMN audit_scope.first_day IS 'Of the services; until when the auditor may look is valid_to';
COMMENT ON COLUMN audit_scope.program_ids IS 'Whose services; none: those of every programme';
COMMENT ON COLUMN audit_scope.bulletin IS 'Only services that this bulletin is for, by its number; null: every service';
CREATE INDEX ON audit_scope (staff_id);
CREATE INDEX ON audit_scope (agency_id, given_at);
-- Nobody gives themselves something to look at.
CALL access.protect('audit_scope',
  'agency_id = access.agency() AND (staff_id = access.staff() OR access.has_role(''administrator''))',
  'agency_id = access.agency() AND access.has_role(''administrator'') AND staff_id <> access.staff()');
CALL access.guard_table('audit_scope');
REVOKE UPDATE ON audit_scope FROM throughcare_app;
GRANT UPDATE (ended_at, ended_by) ON audit_scope TO throughcare_app;
CREATE TRIGGER said_once BEFORE UPDATE ON audit_scope FOR EACH ROW EXECUTE FUNCTION access.said_once('ended_at', 'ended_by');

CREATE FUNCTION access.live_scopes() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2
  BEGIN ATOMIC
    SELECT id FROM audit_scope
    WHERE staff_id = access.staff() AND agency_id = access.agency() AND ended_at IS NULL
      AND access.today() BETWEEN valid_from AND valid_to AND access.has_role('auditor');
  END;
COMMENT ON FUNCTION access.live_scopes() IS 'The scopes by which the acting auditor may look today';

CREATE FUNCTION access.audited(of_scope uuid) RETURNS TABLE (service_id uuid, consumer_id uuid, conference_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT s.id, s.consumer_id, s.conference_id
    FROM audit_scope a JOIN service s ON s.agency_id = a.agency_id AND s.service_date BETWEEN a.first_day AND a.last_day
      AND (cardinality(a.program_ids) = 0 OR s.program_id = ANY (a.program_ids)) AND s.voided_at IS NULL
    WHERE a.id = of_scope AND a.id IN (SELECT access.live_scopes())
      AND (a.bulletin IS NULL OR EXISTS (
        SELECT FROM judgement j WHERE j.service_id = s.id AND j.bulletin = a.bulletin
          AND j.superseded_at IS NULL AND j.outcome <> 'not-applicable'));
  END;
COMMENT ON FUNCTION access.audited(uuid) IS 'The services that a scope of the acting auditor names';

CREATE FUNCTION access.audited_services() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC SELECT a.service_id FROM access.live_scopes() AS one(scope), access.audited(one.scope) a; END;
CREATE FUNCTION access.audited_consumers() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC SELECT a.consumer_id FROM access.live_scopes() AS one(scope), access.audited(one.scope) a; END;
CREATE FUNCTION access.audited_notes() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    SELECT a.conference_id FROM access.live_scopes() AS one(scope), access.audited(one.scope) a WHERE a.conference_id IS NOT NULL;
  END;
COMMENT ON FUNCTION access.audited_services() IS 'Every service that the acting auditor may look at';
COMMENT ON FUNCTION access.audited_consumers() IS 'Whose services the acting auditor may look at: who they are, and nothing more of them';
COMMENT ON FUNCTION access.audited_notes() IS 'The conferences whose signed note the acting auditor may read';

CREATE POLICY scoped_readers ON service FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND id IN (SELECT access.audited_services()));
CREATE POLICY scoped_readers ON judgement FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND service_id IN (SELECT access.audited_services()));
CREATE POLICY scoped_readers ON verdict FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND EXISTS (
    SELECT FROM judgement j WHERE j.id = judgement_id AND j.service_id IN (SELECT access.audited_services())));
CREATE POLICY scoped_readers ON claim FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND service_id IN (SELECT access.audited_services()));
CREATE POLICY scoped_readers ON consumer FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND id IN (SELECT access.audited_consumers()));
CREATE POLICY scoped_readers ON conference FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND signed_at IS NOT NULL AND id IN (SELECT access.audited_notes()));
CREATE POLICY scoped_readers ON addendum FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND conference_id IN (SELECT access.audited_notes()));

-- A week's limit and what overlaps are counted over services that the scope may not name. They are
-- judged with the others and never shown.
CREATE FUNCTION access.audit_lines(of_scope uuid, first_day date, last_day date) RETURNS SETOF service_line
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.* FROM service_line l
    WHERE l.agency_id = access.agency()::text AND l.service_date BETWEEN first_day AND last_day
      AND l.consumer_id IN (SELECT a.consumer_id::text FROM access.audited(of_scope) a);
  $$;
COMMENT ON FUNCTION access.audit_lines(uuid, date, date) IS 'All services, around some days, of those whose services a scope names: what judging them needs';

-- ---------------------------------------------------------------- audits that were run

CREATE TABLE audit_run (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  started_at timestamptz NOT NULL DEFAULT now(),
  started_by uuid NOT NULL REFERENCES staff,
  scope_id uuid REFERENCES audit_scope,
  jurisdiction text NOT NULL,
  bulletin text NOT NULL,
  content_hash text NOT NULL,
  over text NOT NULL CHECK (over IN ('own-records', 'file')),
  first_day date,
  last_day date,
  file_name text CHECK (length(file_name) <= 200),
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
  share real NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 1),
  doing text,
  heard_at timestamptz NOT NULL DEFAULT now(),
  problem text CHECK (length(problem) <= 1000),
  summary jsonb,
  finished_at timestamptz,
  UNIQUE (id, agency_id)
);
COMMENT ON TABLE audit_run IS 'An audit that somebody ran over the agency''s own records or over a file: theirs alone';
COMMENT ON COLUMN audit_run.summary IS 'summary.json of the audit: counts, nobody''s name';
COMMENT ON COLUMN audit_run.heard_at IS 'When the work last said how far it is: long ago means it was cut off';
COMMENT ON COLUMN audit_run.problem IS 'Why it failed, in the user''s words';
CREATE INDEX ON audit_run (started_by, started_at);
CREATE INDEX ON audit_run (started_at) WHERE over = 'file';
CALL access.protect('audit_run',
  'agency_id = access.agency() AND started_by = access.staff() AND access.has_role(''auditor'', ''supervisor'', ''program-manager'') AND (scope_id IS NULL OR scope_id IN (SELECT access.live_scopes())) AND (over = ''own-records'' OR started_at > now() - interval ''30 days'')',
  'agency_id = access.agency() AND started_by = access.staff() AND access.has_role(''auditor'', ''supervisor'', ''program-manager'') AND (scope_id IS NULL OR scope_id IN (SELECT access.live_scopes()))',
  may_delete => true);
CALL access.guard_table('audit_run');
REVOKE UPDATE ON audit_run FROM throughcare_app;
GRANT UPDATE (state, share, doing, heard_at, problem, summary, finished_at) ON audit_run TO throughcare_app;

CREATE TABLE audit_finding (
  audit_run_id uuid NOT NULL,
  place integer NOT NULL,
  agency_id uuid NOT NULL REFERENCES agency,
  consumer_id uuid REFERENCES consumer,
  service_id uuid,
  line_id text NOT NULL,
  clause text NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('breached', 'unknown')),
  explanation text NOT NULL,
  PRIMARY KEY (audit_run_id, place),
  FOREIGN KEY (audit_run_id, agency_id) REFERENCES audit_run (id, agency_id) ON DELETE CASCADE,
  FOREIGN KEY (service_id, consumer_id) REFERENCES service (id, consumer_id)
);
COMMENT ON TABLE audit_finding IS 'A clause that a line of an audit does not meet; goes with its audit';
COMMENT ON COLUMN audit_finding.service_id IS 'The agency''s own service that it is about; null: a line of a file';
CREATE INDEX ON audit_finding (audit_run_id, clause, verdict, place);
CREATE INDEX ON audit_finding (service_id);
CREATE INDEX ON audit_finding (consumer_id);
CALL access.protect('audit_finding',
  'agency_id = access.agency() AND audit_run_id IN (SELECT id FROM audit_run) AND (consumer_id IS NULL OR consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.audited_consumers()))',
  'agency_id = access.agency() AND audit_run_id IN (SELECT id FROM audit_run) AND (consumer_id IS NULL OR consumer_id IN (SELECT access.record_consumers()) OR consumer_id IN (SELECT access.audited_consumers()))',
  may_update => false);
CALL access.guard_table('audit_finding');

CREATE FUNCTION access.forget_uploads() RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH gone AS (DELETE FROM audit_run WHERE over = 'file' AND started_at <= now() - interval '30 days' RETURNING 1)
    SELECT count(*)::integer FROM gone;
  END;
COMMENT ON FUNCTION access.forget_uploads() IS 'What was found in a file that somebody uploaded is kept for thirty days at most';
