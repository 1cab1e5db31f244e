-- The words that go with every disclosure on consent are prescribed by 42 CFR 2.32. The product makes
-- none up: an administrator loads them from the official source.
ALTER TABLE agency ADD redisclosure_notice text CHECK (length(redisclosure_notice) BETWEEN 1 AND 4000);
COMMENT ON COLUMN agency.redisclosure_notice IS 'The exact notice of 42 CFR 2.32, as the administrator loaded it; null until then';
