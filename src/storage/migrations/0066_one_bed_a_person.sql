-- Days that were expected to be over, and stays without a night, overlap with nothing; yet whoever is
-- in a bed is in no other until they leave it.
CREATE UNIQUE INDEX one_bed_a_person ON bed_stay (consumer_id) WHERE arrived_on IS NOT NULL AND left_on IS NULL;
