-- Every call has the day by which whoever called is to be seen: 0180 sets it, and none is without.
ALTER TABLE come_back ALTER due_on SET DEFAULT current_date, ALTER due_on SET NOT NULL;
