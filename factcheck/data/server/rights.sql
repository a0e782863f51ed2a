-- Who may do what, written anew by every `server init`: a back-up restored where the roles were not yet there has lost it.

DROP POLICY IF EXISTS read ON factcheck.event;
DROP POLICY IF EXISTS reviewers_add ON factcheck.event;
DROP POLICY IF EXISTS leads_add ON factcheck.event;
DROP POLICY IF EXISTS auditors_add ON factcheck.event;
DROP POLICY IF EXISTS read ON factcheck.touch;
DROP POLICY IF EXISTS read ON factcheck.lease;

CREATE POLICY read ON factcheck.event FOR SELECT
  TO factcheck_reviewer, factcheck_lead, factcheck_auditor USING (true);
CREATE POLICY reviewers_add ON factcheck.event FOR INSERT TO factcheck_reviewer
  WITH CHECK (actor = session_user AND NOT factcheck.for_leads(kind, line, actor));
CREATE POLICY leads_add ON factcheck.event FOR INSERT TO factcheck_lead
  WITH CHECK (actor = session_user);
CREATE POLICY auditors_add ON factcheck.event FOR INSERT TO factcheck_auditor
  WITH CHECK (actor = session_user AND kind IN ('objection.raised', 'checkpoint.witnessed'));
CREATE POLICY read ON factcheck.touch FOR SELECT
  TO factcheck_reviewer, factcheck_lead, factcheck_auditor USING (true);
CREATE POLICY read ON factcheck.lease FOR SELECT
  TO factcheck_reviewer, factcheck_lead, factcheck_auditor USING (true);

REVOKE ALL ON ALL TABLES IN SCHEMA factcheck FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA factcheck FROM PUBLIC;
GRANT USAGE ON SCHEMA factcheck TO factcheck_reviewer, factcheck_lead, factcheck_auditor;
GRANT SELECT ON factcheck.migration, factcheck.setting, factcheck.event, factcheck.touch, factcheck.lease
  TO factcheck_reviewer, factcheck_lead, factcheck_auditor;
GRANT INSERT (case_id, line) ON factcheck.event TO factcheck_reviewer, factcheck_lead, factcheck_auditor;
GRANT EXECUTE ON FUNCTION factcheck.leaf, factcheck.words, factcheck.document, factcheck.says, factcheck.folded, factcheck.for_leads, factcheck.is,
  factcheck.take_lease, factcheck.keep_lease, factcheck.end_leases
  TO factcheck_reviewer, factcheck_lead, factcheck_auditor;
GRANT EXECUTE ON FUNCTION factcheck.bring TO factcheck_lead;
