-- What a relative who called needs in their own right, and a referral for them. Neither is anybody's
-- record: both are read and written by whoever may read the call itself, and by nobody else.

ALTER TABLE concern_call ADD UNIQUE (id, agency_id);

CREATE TABLE relative_need (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  call_id uuid NOT NULL,
  crisis_now boolean,
  needs text CHECK (length(needs) <= 2000),
  safety text CHECK (safety IN ('safe', 'worried', 'not-safe')),
  violence text CHECK (violence IN ('no', 'before', 'now')),
  children text CHECK (children IN ('none', 'safe', 'worried')),
  home_note text CHECK (length(home_note) <= 1000),
  caring text CHECK (length(caring) <= 1000),
  health text CHECK (length(health) <= 1000),
  own_use text CHECK (length(own_use) <= 1000),
  would_help text CHECK (length(would_help) <= 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (call_id, agency_id) REFERENCES concern_call (id, agency_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE relative_need IS 'What somebody who called about another needs themselves, as they told it; told again, it is another row, and the latest holds';
COMMENT ON COLUMN relative_need.crisis_now IS 'They are in danger themselves at this moment; null: not asked, as for every question here';
COMMENT ON COLUMN relative_need.violence IS 'Hurt, threatened or made afraid at home: no, before now, or now';
COMMENT ON COLUMN relative_need.own_use IS 'Their own drinking or drug use, as they told it';
CREATE INDEX ON relative_need (call_id, recorded_at);

CREATE TABLE concern_referral (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  call_id uuid NOT NULL,
  provider_id uuid,
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 1000),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'sent', 'accepted', 'declined', 'attended', 'closed')),
  consent_how text CHECK (consent_how IN ('spoken', 'written')),
  consent_on date,
  consent_by uuid,
  sent_on date,
  sent_how text CHECK (sent_how IN ('letter', 'secure-message', 'telephone', 'in-person', 'themselves')),
  told text CHECK (length(told) <= 2000),
  owner_id uuid NOT NULL,
  chase_on date NOT NULL,
  outcome text CHECK (length(outcome) <= 1000),
  ended_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid NOT NULL,
  UNIQUE (id, agency_id),
  CONSTRAINT consent_is_whole CHECK (num_nulls(consent_how, consent_on, consent_by) IN (0, 3)),
  CONSTRAINT sent_with_consent CHECK (sent_on IS NULL OR sent_how = 'themselves' OR (sent_how IS NOT NULL AND consent_on IS NOT NULL AND consent_on <= sent_on AND told IS NOT NULL)),
  CONSTRAINT nothing_told_themselves CHECK (sent_how IS DISTINCT FROM 'themselves' OR told IS NULL),
  CONSTRAINT answered_once_sent CHECK (status IN ('open', 'closed') OR sent_on IS NOT NULL),
  CONSTRAINT closed_with_outcome CHECK ((status = 'closed') = (ended_on IS NOT NULL) AND (status <> 'closed' OR outcome IS NOT NULL)),
  FOREIGN KEY (call_id, agency_id) REFERENCES concern_call (id, agency_id),
  FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id),
  FOREIGN KEY (consent_by, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (owner_id, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (created_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE concern_referral IS 'A referral for the relative who called: help of their own. It tells nothing about whom they called about';
COMMENT ON COLUMN concern_referral.provider_id IS 'A service of the directory; null: the agency''s own family support';
COMMENT ON COLUMN concern_referral.consent_by IS 'Who heard or saw the relative''s consent: nothing is sent about them without it';
COMMENT ON COLUMN concern_referral.sent_how IS 'themselves: they ring the service themselves, and nothing is told';
COMMENT ON COLUMN concern_referral.told IS 'What the service was told: about the relative alone';
COMMENT ON COLUMN concern_referral.chase_on IS 'The day on which its owner does something next, until it is closed';
CREATE INDEX ON concern_referral (call_id);
CREATE INDEX ON concern_referral (owner_id) WHERE status <> 'closed';
CREATE INDEX ON concern_referral (agency_id, chase_on) WHERE status <> 'closed';

CREATE TABLE concern_referral_step (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  agency_id uuid NOT NULL REFERENCES agency,
  referral_id uuid NOT NULL,
  status text CHECK (status IN ('open', 'sent', 'accepted', 'declined', 'attended', 'closed')),
  on_day date NOT NULL,
  chase_on date,
  owner_id uuid,
  remark text CHECK (length(remark) <= 1000),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  FOREIGN KEY (referral_id, agency_id) REFERENCES concern_referral (id, agency_id),
  FOREIGN KEY (owner_id, agency_id) REFERENCES staff (id, agency_id),
  FOREIGN KEY (recorded_by, agency_id) REFERENCES staff (id, agency_id)
);
COMMENT ON TABLE concern_referral_step IS 'What became of a relative''s referral, step by step; appended to, never changed';
CREATE INDEX ON concern_referral_step (referral_id, recorded_at);

-- The call's own row security is asked: who cannot read the call reads nothing of this.
CALL access.protect('relative_need',
  'agency_id = access.agency() AND EXISTS (SELECT FROM concern_call c WHERE c.id = call_id)',
  'agency_id = access.agency() AND access.has_role(''counselor'', ''keyworker'', ''supervisor'', ''program-manager'', ''front-desk'', ''peer-mentor'') AND EXISTS (SELECT FROM concern_call c WHERE c.id = call_id)',
  may_update => false);
CALL access.protect('concern_referral',
  'agency_id = access.agency() AND EXISTS (SELECT FROM concern_call c WHERE c.id = call_id)',
  'agency_id = access.agency() AND access.has_role(''counselor'', ''keyworker'', ''supervisor'', ''program-manager'', ''front-desk'', ''peer-mentor'') AND EXISTS (SELECT FROM concern_call c WHERE c.id = call_id)');
CALL access.protect('concern_referral_step',
  'agency_id = access.agency() AND EXISTS (SELECT FROM concern_referral r WHERE r.id = referral_id)',
  'agency_id = access.agency() AND EXISTS (SELECT FROM concern_referral r WHERE r.id = referral_id)',
  may_update => false);
CALL access.guard_table('relative_need');
CALL access.guard_table('concern_referral');
CALL access.guard_table('concern_referral_step');
REVOKE UPDATE (call_id, provider_id) ON concern_referral FROM throughcare_app;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON relative_need FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON concern_referral_step FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
CREATE TRIGGER consent_once BEFORE UPDATE ON concern_referral FOR EACH ROW EXECUTE FUNCTION access.said_once('consent_on', 'consent_how', 'consent_by');
CREATE TRIGGER sent_once BEFORE UPDATE ON concern_referral FOR EACH ROW EXECUTE FUNCTION access.said_once('sent_on', 'sent_how', 'told');
CREATE TRIGGER closed_once BEFORE UPDATE ON concern_referral FOR EACH ROW EXECUTE FUNCTION access.said_once('ended_on', 'outcome', 'status');

-- As 0096 has it; a relative's referral, too, stays with nobody who cannot read the call any more.
CREATE OR REPLACE FUNCTION access.link_to_record(contact uuid, of_consumer uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT access.clinical() OR of_consumer NOT IN (SELECT access.record_consumers()) THEN RETURN false; END IF;
  UPDATE concern_call c SET consumer_id = of_consumer,
    owner_id = CASE WHEN c.owner_id IS NULL OR c.closed_on IS NOT NULL OR EXISTS (
        SELECT FROM staff_program p JOIN enrolment e ON e.program_id = p.program_id
        WHERE p.staff_id = c.owner_id AND p.during @> access.today() AND e.consumer_id = of_consumer)
      THEN c.owner_id ELSE access.staff() END
  WHERE c.id = contact AND c.consumer_id IS NULL AND c.agency_id = access.agency();
  IF FOUND THEN
    UPDATE concern_referral r SET owner_id = access.staff()
    WHERE r.call_id = contact AND r.status <> 'closed' AND NOT EXISTS (
      SELECT FROM access.colleagues_with_sight(of_consumer) s WHERE s.staff_id = r.owner_id);
    RETURN true;
  END IF;
  UPDATE open_contact SET consumer_id = of_consumer WHERE id = contact AND consumer_id IS NULL AND agency_id = access.agency();
  RETURN FOUND;
END $$;

-- As 0160 has it, with what a leaver was to see to for a relative.
CREATE OR REPLACE VIEW work_without_owner WITH (security_invoker = true) AS
WITH gone AS (
  SELECT s.id, s.agency_id, s.name, s.active_to FROM staff s
  WHERE s.agency_id = access.agency() AND s.active_to <= access.today() + 14
)
SELECT w.kind, w.ref_id, w.consumer_id, g.agency_id, g.id AS staff_id, g.name AS staff, g.active_to AS leaves_on, w.what, w.due, false AS moved
FROM gone g JOIN (
  -- Closing an account ends none of these; a part that ended with the episode is not open.
  SELECT 'keyworker' AS kind, a.id AS ref_id, a.consumer_id, a.staff_id, NULL::text AS what, NULL::date AS due
  FROM assignment a WHERE a.part = 'keyworker' AND a.valid_to IS NULL
    AND EXISTS (SELECT FROM episode e WHERE e.consumer_id = a.consumer_id AND e.closed_on IS NULL)
  UNION ALL SELECT 'aftercare', n.consumer_id, n.consumer_id, n.staff_id, NULL, n.closed_on + 7 FROM access.nobodys() n WHERE n.closed_on IS NOT NULL
  UNION ALL SELECT 'peer-mentor', a.id, a.consumer_id, a.staff_id, NULL, NULL FROM assignment a WHERE a.part = 'peer-mentor' AND a.valid_to IS NULL
  UNION ALL SELECT 'way-back', p.id, p.consumer_id, p.back_who_id, NULL, NULL FROM aftercare_plan p WHERE p.state = 'active'
    AND NOT EXISTS (SELECT FROM aftercare_plan n WHERE n.consumer_id = p.consumer_id AND n.state = 'active' AND n.activated_at > p.activated_at)
    AND EXISTS (SELECT FROM episode e WHERE e.id = p.episode_id AND (e.closed_on IS NULL OR e.closed_on >= access.today() - 365 AND e.closed_reason <> 'died'))
  UNION ALL SELECT 'come-back', c.id, c.consumer_id, c.told_staff_id, NULL, NULL FROM come_back c WHERE c.seen_at IS NULL
  UNION ALL SELECT 'referral', r.id, r.consumer_id, r.owner_id, r.what, r.due_on FROM referral r
    WHERE r.status NOT IN ('provided', 'declined', 'closed')
  UNION ALL SELECT DISTINCT 'letter', l.referral_id, l.consumer_id, l.recorded_by, d.name, NULL::date FROM referral_sending l JOIN provider d ON d.id = l.provider_id
    WHERE l.sent_at IS NULL AND l.dropped_at IS NULL
  UNION ALL SELECT 'support', s.id, s.consumer_id, s.owner_id, replace(s.what, '-', ' '), s.chase_on FROM recovery_support s
    WHERE s.state IN ('planned', 'handed-over') OR s.state = 'declined' AND NOT EXISTS (SELECT FROM recovery_support o
      WHERE o.consumer_id = s.consumer_id AND o.kind = s.kind AND o.what = s.what AND o.state IN ('planned', 'handed-over', 'accepted'))
  UNION ALL SELECT 'call', c.id, c.consumer_id, c.owner_id, c.caller, c.follow_up_on FROM concern_call c WHERE c.closed_on IS NULL
  UNION ALL SELECT 'relative-referral', r.id, c.consumer_id, r.owner_id, c.caller, r.chase_on
    FROM concern_referral r JOIN concern_call c ON c.id = r.call_id WHERE r.status <> 'closed'
  UNION ALL SELECT 'note', c.id, c.consumer_id, c.lead_id, NULL, a.day FROM conference c JOIN appointment a ON a.id = c.appointment_id
    WHERE c.signed_at IS NULL AND c.voided_at IS NULL AND a.status IN ('scheduled', 'held') AND a.day <= access.today()
  UNION ALL SELECT 'cosign', c.id, c.consumer_id, c.cosign_by, NULL, NULL FROM conference c
    WHERE c.cosigned_at IS NULL AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
  UNION ALL SELECT 'agreed', c.id, c.consumer_id, c.lead_id, NULL, NULL FROM conference c
    WHERE c.signed_at IS NOT NULL AND c.voided_at IS NULL AND c.agreed_approved_at IS NULL
      AND EXISTS (SELECT FROM agreement g WHERE g.conference_id = c.id)
  UNION ALL SELECT 'question', q.id, q.consumer_id, q.to_staff, NULL, NULL FROM question q
    WHERE q.answered_at IS NULL AND access.has_role('supervisor', 'program-manager')
  UNION ALL SELECT 'group', m.id, NULL, m.lead_id, m.name, NULL FROM support_group m WHERE m.active
  UNION ALL SELECT 'appointment', a.id, a.consumer_id, a.staff_id, NULL, a.day FROM appointment a
    WHERE a.status = 'scheduled' AND a.day >= access.today()
) w ON w.staff_id = g.id
WHERE w.kind <> 'appointment' OR w.due > g.active_to
UNION ALL
-- Still employed, and somewhere else: they see these records no more, and nothing of what is due in them.
SELECT 'keyworker', n.assignment_id, n.consumer_id, s.agency_id, s.id, s.name, least(n.since, access.today()), NULL::text, NULL::date, true
FROM access.nobodys() n JOIN staff s ON s.id = n.staff_id
WHERE n.closed_on IS NULL AND n.assignment_id IS NOT NULL AND (s.active_to IS NULL OR s.active_to > access.today() + 14);
