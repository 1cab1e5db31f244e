-- A claimed session is audited by what was written of it, as a conference is: its note and what was added,
-- or the line that a group's register has of this person. Nobody else's line of the register.
CREATE POLICY scoped_readers ON session_note FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND service_id IN (SELECT access.audited_services()));
CREATE POLICY scoped_readers ON group_attendance FOR SELECT TO throughcare_app
  USING ((SELECT access.has_role('auditor')) AND service_id IN (SELECT access.audited_services()));
