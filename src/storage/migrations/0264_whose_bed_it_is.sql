-- Before 0200 a grown person could be booked into a bed that was marked as a child's place. Where one is
-- booked or lies, the bed is a grown person's: otherwise nobody could find it to admit them into it,
-- they would not count among those who are there, and a child could be booked over them. Where a child
-- was booked over them meanwhile, both stand as recorded until one of them leaves.
ALTER TABLE bed DISABLE TRIGGER child_place_stays;
UPDATE bed SET child_place = false
WHERE child_place
  AND EXISTS (SELECT FROM bed_stay s WHERE s.bed_id = bed.id AND s.cancelled_on IS NULL AND s.left_on IS NULL)
  AND NOT EXISTS (SELECT FROM child_stay c WHERE c.bed_id = bed.id AND c.cancelled_on IS NULL AND c.left_on IS NULL);
ALTER TABLE bed ENABLE TRIGGER child_place_stays;
