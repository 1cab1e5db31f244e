-- Asking a service elsewhere for a place, for joint work or for money tells it about somebody. So it
-- goes the way of every referral out: a ground, a letter, the accounting, an owner and a day to chase.

ALTER TABLE referral DROP CONSTRAINT referral_need_check;
ALTER TABLE funding ADD UNIQUE (id, consumer_id);
ALTER TABLE referral
  ADD CONSTRAINT referral_need_check CHECK (need IN ('family-therapy', 'medical', 'psychiatric', 'child-care', 'social-care',
    'housing', 'benefits', 'legal', 'domestic-abuse', 'education', 'employment', 'placement', 'joint-work', 'funding', 'other')),
  ADD placement_id uuid,
  ADD funding_id uuid,
  ADD FOREIGN KEY (placement_id, consumer_id) REFERENCES placement (id, consumer_id),
  ADD FOREIGN KEY (funding_id, consumer_id) REFERENCES funding (id, consumer_id),
  ADD CONSTRAINT stay_asked_for CHECK ((need IN ('placement', 'joint-work', 'funding')) = (placement_id IS NOT NULL)),
  ADD CONSTRAINT stay_paid_for CHECK ((need = 'funding') = (funding_id IS NOT NULL));
COMMENT ON COLUMN referral.placement_id IS 'The stay for which a place, joint work or funding is asked of a service elsewhere';
COMMENT ON COLUMN referral.funding_id IS 'The line of funding that is asked for';
CREATE INDEX ON referral (placement_id) WHERE placement_id IS NOT NULL;
CREATE INDEX ON referral (funding_id) WHERE funding_id IS NOT NULL;

ALTER TABLE placement
  ADD joint_provider_id uuid,
  ADD FOREIGN KEY (joint_provider_id, agency_id) REFERENCES provider (id, agency_id);
COMMENT ON COLUMN placement.joint_provider_id IS 'The joint service, where the directory has it: only then can a consent name it';
GRANT UPDATE (joint_provider_id) ON placement TO throughcare_app;
CREATE INDEX ON placement (joint_provider_id) WHERE joint_provider_id IS NOT NULL;

ALTER TABLE funding
  ADD provider_id uuid,
  ADD FOREIGN KEY (provider_id, agency_id) REFERENCES provider (id, agency_id);
COMMENT ON COLUMN funding.provider_id IS 'The funder, where the directory has it';
CREATE INDEX ON funding (provider_id) WHERE provider_id IS NOT NULL;

-- What kind of stay the person asks for: what fits it is offered first.
ALTER TABLE assessment ADD wants_kind text CHECK (wants_kind IN ('detox', 'rehab', 'crisis', 'second-stage', 'supported-housing', 'other'));
COMMENT ON COLUMN assessment.wants_kind IS 'The kind of place to stay that the person asks for';
GRANT UPDATE (wants_kind) ON assessment TO throughcare_app;
