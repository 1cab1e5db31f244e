-- What somebody needs to get in and be understood, and what a unit offers of it.

ALTER TABLE assessment
  ADD access_kinds text[] NOT NULL DEFAULT '{}'
    CHECK (access_kinds <@ ARRAY['step-free', 'personal-care', 'hearing', 'sight', 'plain-words', 'assistance-dog']);
COMMENT ON COLUMN assessment.access_kinds IS 'What they need to get in, stay and follow: step-free, personal-care, hearing, sight, plain-words, assistance-dog; the rest in access_needs';
GRANT UPDATE (access_kinds) ON assessment TO throughcare_app;

ALTER TABLE unit
  ADD access_has text[] NOT NULL DEFAULT '{}'
    CHECK (access_has <@ ARRAY['step-free', 'personal-care', 'hearing', 'sight', 'plain-words', 'assistance-dog']),
  ADD access_lacks text[] NOT NULL DEFAULT '{}'
    CHECK (access_lacks <@ ARRAY['step-free', 'personal-care', 'hearing', 'sight', 'plain-words', 'assistance-dog']),
  ADD languages text CHECK (length(languages) <= 200),
  ADD interpreters boolean,
  ADD CONSTRAINT access_one_or_other CHECK (NOT access_has && access_lacks);
COMMENT ON COLUMN unit.access_has IS 'What it offers of assessment.access_kinds; what stands neither here nor in access_lacks is not known';
COMMENT ON COLUMN unit.languages IS 'Languages that are spoken there besides English, as the unit says them';
COMMENT ON COLUMN unit.interpreters IS 'Whether it brings in an interpreter; null where nobody asked';
GRANT UPDATE (access_has, access_lacks, languages, interpreters) ON unit TO throughcare_app;

-- A box that was not ticked was no answer: whether a house is drug-free is asked now.
ALTER TABLE unit ALTER drug_free DROP NOT NULL, ALTER drug_free DROP DEFAULT;
UPDATE unit SET drug_free = NULL WHERE NOT drug_free;
COMMENT ON COLUMN unit.drug_free IS 'Whether it is drug-free accommodation, as second stage is (MC B4); null where nobody asked';
