-- An earlier session entered late, or a corrected fact, can change what stands for other sessions of
-- the week. What changed is kept with what changed it, so that its page can go on saying so.

ALTER TABLE service ADD moved jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN service.moved IS 'What recording it changed for other services: [{serviceId, was: {outcome, payable}, is: {outcome, payable}}]';
ALTER TABLE correction ADD moved jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN correction.moved IS 'What applying it changed, its own service included, in the form of service.moved';
CREATE INDEX ON correction (service_id, at);
