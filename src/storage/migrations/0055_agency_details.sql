-- Since 0030 each column that may be written is named; these two came later, and saving an agency's
-- details was refused.
GRANT UPDATE (address, redisclosure_notice) ON agency TO throughcare_app;
