-- A stay goes on in a unit on a day once: two people who record the same transfer record one.
ALTER TABLE unit_move DISABLE TRIGGER keep;
DELETE FROM unit_move m USING unit_move before
WHERE before.placement_id = m.placement_id AND before.unit_id = m.unit_id AND before.moved_on = m.moved_on AND before.id < m.id;
ALTER TABLE unit_move ENABLE TRIGGER keep;
ALTER TABLE unit_move ADD CONSTRAINT moved_there_once UNIQUE (placement_id, unit_id, moved_on);
DROP INDEX unit_move_placement_id_idx;
