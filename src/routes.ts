import { index, type RouteConfig, route } from "@react-router/dev/routes";

/** Every page, by the room it belongs to. Addresses are said once more, typed, in web/paths.ts. */
export default [
  index("worklist/pages/today.tsx"),
  route("tasks", "worklist/pages/tasks.tsx"),
  route("health", "web/pages/health.ts"),
  route("sign-in", "web/pages/sign-in.tsx"),
  route("sign-out", "web/pages/sign-out.ts"),

  route("account", "web/pages/account.tsx"),
  route("setup", "web/pages/setup.tsx"),

  route("*", "web/pages/nowhere.tsx"),

  route("people/find", "people/pages/find.ts"),

  // people
  route("people", "people/pages/people.tsx"),
  route("people/new", "people/pages/new-person.tsx"),
  route("people/:consumerId", "people/pages/person.tsx"),
  route("people/:consumerId/edit", "people/pages/edit-person.tsx"),
  route("people/:consumerId/take-in", "people/pages/take-in.tsx"),
  // back in, swiftly
  route("people/:consumerId/come-back", "episodes/pages/come-back.tsx"),
  route("people/:consumerId/come-back/watch", "episodes/pages/come-back-watch.ts"),
  route("alerts", "worklist/pages/alerts.ts"),
  route("alerts/:dutyAlertId", "worklist/pages/alert.tsx"),
  route("settings/duty", "worklist/pages/duty.tsx"),
  route("reassign", "worklist/pages/reassign.tsx"),
  route("calls", "liaison/pages/calls.tsx"),
  route("calls/new", "liaison/pages/new-call.tsx"),
  route("calls/:concernCallId", "liaison/pages/call.tsx"),
  route("calls/:concernCallId/needs", "liaison/pages/relative-needs.tsx"),
  route("calls/:concernCallId/refer", "liaison/pages/relative-refer.tsx"),
  route("open-access", "liaison/pages/open-access.tsx"),
  route("emergency-access", "people/pages/emergency.tsx"),
  route("emergency-access/review", "people/pages/emergency-review.tsx"),
  // episodes: the front desk takes referrals too, and sees no record around them
  route("referrals/new", "episodes/pages/new-referral.tsx"),
  route("consumers/:consumerId/referred", "episodes/pages/referred.tsx"),
  route("waiting", "episodes/pages/waiting.tsx"),
  route("consumers/:consumerId", "people/pages/consumer-layout.tsx", [
    // episodes
    index("episodes/pages/timeline.tsx"),
    route("enrolments", "episodes/pages/enrolments.tsx"),
    route("triage", "episodes/pages/triage.tsx"),
    route("assessment", "episodes/pages/assessment.tsx"),
    route("assessment/edit", "episodes/pages/assessment-edit.tsx"),
    route("assessment/draft", "episodes/pages/assessment-draft.ts"),
    // plans
    route("plan", "plans/pages/plan.tsx"),
    route("plan/edit", "plans/pages/plan-edit.tsx"),
    route("plan/agree", "plans/pages/plan-agree.tsx"),
    route("plan/versions", "plans/pages/plan-versions.tsx"),
    route("plan/compare", "plans/pages/plan-compare.tsx"),
    route("plan/:planId", "plans/pages/plan-version.tsx"),
    route("relapse-prevention", "plans/pages/relapse.tsx"),
    route("discharge-plan", "plans/pages/discharge.tsx"),
    route("leaving", "plans/pages/leaving.tsx"),
    route("prescribing", "plans/pages/prescribing.tsx"),
    route("aftercare", "plans/pages/aftercare.tsx"),
    route("aftercare/edit", "plans/pages/aftercare-edit.tsx"),
    route("aftercare/agree", "plans/pages/aftercare-agree.tsx"),
    route("aftercare/versions", "plans/pages/aftercare-versions.tsx"),
    // placements
    route("matching", "placements/pages/matching.tsx"),
    route("placements", "placements/pages/placements.tsx"),
    route("placements/:placementId", "placements/pages/placement.tsx"),
    // liaison
    route("referrals", "liaison/pages/referrals.tsx"),
    route("referrals/:referralId/send", "liaison/pages/send-referral.tsx"),
    // reports
    route("outcomes", "reports/pages/outcomes.tsx"),
    // people
    route("supports", "people/pages/supports.tsx"),
    route("supports/new", "people/pages/new-support.tsx"),
    route("supports/:supportId", "people/pages/support.tsx"),
    route("supports/:supportId/edit", "people/pages/edit-support.tsx"),
    route("supports/:supportId/consent", "people/pages/new-consent.tsx"),
    // The same form for a service of the directory, which the address names.
    route("consents/new", "people/pages/new-consent.tsx", { id: "people/pages/provider-consent" }),
    route("consents/:consentId", "people/pages/consent.tsx"),
    route("disclosures", "people/pages/disclosures.tsx"),
    route("who-looked", "people/pages/who-looked.tsx"),
    // services: holding
    route("services", "services/pages/sessions.tsx"),
    route("services/new", "services/pages/new-service.tsx"),
    route("services/:serviceId", "services/pages/service.tsx"),
    route("conferences/:conferenceId/hold", "services/pages/hold.tsx"),
    route("conferences/:conferenceId/hold/draft", "services/pages/hold-draft.ts"),
    route("conferences/:conferenceId/note", "services/pages/note.tsx"),
    route("conferences/:conferenceId/what-we-agreed", "services/pages/agreed.tsx"),
    // services: scheduling
    route("conferences/new", "services/pages/new-conference.tsx"),
    route("conferences/advice", "services/pages/advice.ts"),
    route("conferences/:conferenceId", "services/pages/conference.tsx"),
    route("conferences/:conferenceId/reschedule", "services/pages/reschedule.tsx"),
    route("conferences/:conferenceId/family-came-alone", "services/pages/family-contact.tsx"),
  ]),
  // services: scheduling
  // Outside the record's frame, so that no print of an invitation carries the banner's name.
  route(
    "consumers/:consumerId/conferences/:conferenceId/invitations/:supportId",
    "services/pages/invitation.tsx",
  ),
  route(
    "consumers/:consumerId/conferences/:conferenceId/invitations/:supportId/calendar.ics",
    "services/pages/invitation-file.ts",
  ),
  route("calendar", "services/pages/calendar.tsx"),
  route("calendar/book", "services/pages/book.tsx"),
  route("calendar/book/:consumerId", "services/pages/book-for.tsx"),
  route("calendar/appointments/:appointmentId", "services/pages/appointment.tsx"),
  // liaison
  route("referrals-out", "liaison/pages/referrals-out.tsx"),
  route("directory", "liaison/pages/directory.tsx"),
  route("directory/list", "liaison/pages/directory-list.tsx"),
  route("directory/new", "liaison/pages/new-provider.tsx"),
  route("directory/:providerId", "liaison/pages/provider.tsx"),
  // Outside the record's frame, so that no print of a letter carries the banner.
  route("consumers/:consumerId/referrals/:referralId/letter", "liaison/pages/letter.tsx"),
  // services: groups
  route("groups", "services/pages/groups.tsx"),
  route("groups/new", "services/pages/new-group.tsx"),
  route("groups/:supportGroupId", "services/pages/group.tsx"),
  route("groups/:supportGroupId/meetings/:groupMeetingId", "services/pages/group-meeting.tsx"),
  // plans
  route("leaving", "plans/pages/leavings.tsx"),
  // plans: sheets that go home, without the record around them
  route("consumers/:consumerId/plan/print", "plans/pages/plan-print.tsx"),
  route("consumers/:consumerId/relapse-prevention/print", "plans/pages/relapse-print.tsx"),
  route("consumers/:consumerId/discharge-plan/print", "plans/pages/discharge-print.tsx"),
  route("consumers/:consumerId/aftercare/print", "plans/pages/aftercare-print.tsx"),
  // policy
  route("bulletins", "policy/pages/bulletins.tsx"),
  route("bulletins/:number", "policy/pages/bulletin.tsx"),
  route("drafts", "policy/pages/drafts.tsx"),
  route("drafts/new", "policy/pages/new-draft.tsx"),
  route("drafts/:bulletinDraftId", "policy/pages/draft.tsx"),
  route("drafts/:bulletinDraftId/check", "policy/pages/draft-check.ts"),
  route("drafts/:bulletinDraftId/effect", "policy/pages/draft-effect.ts"),
  route("drafts/:bulletinDraftId/bulletin.yaml", "policy/pages/draft-file.ts"),
  // exchange
  route("settings/import-columns.csv", "exchange/pages/import-columns.ts"),
  // agency
  route("settings", "agency/pages/settings-layout.tsx", [
    index("agency/pages/settings.tsx"),
    route("programs", "agency/pages/programs.tsx"),
    route("rooms", "agency/pages/rooms.tsx"),
    route("clocks", "agency/pages/clocks.tsx"),
    route("staff", "agency/pages/staff.tsx"),
    route("staff/new", "agency/pages/new-staff.tsx"),
    route("staff/:staffId", "agency/pages/staff-member.tsx"),
    // exchange
    route("import", "exchange/pages/imports.tsx"),
    route("import/:importBatchId", "exchange/pages/import.tsx"),
    // compliance
    route("rates", "compliance/pages/rates.tsx"),
    route("bulletins", "compliance/pages/chosen-bulletins.tsx"),
    route("audit-scopes", "compliance/pages/audit-scopes.tsx"),
  ]),
  // compliance
  route("falls-short", "compliance/pages/short-falls.tsx"),
  route("falls-short/export.csv", "compliance/pages/short-export.ts"),
  route("claims", "compliance/pages/claims.tsx"),
  route("claims/export.csv", "compliance/pages/export.ts"),
  route("claims/batches", "compliance/pages/batches.tsx"),
  route("claims/batches/:batchId", "compliance/pages/batch.tsx"),
  route("claims/:serviceId", "compliance/pages/claim.tsx"),
  route("questions", "compliance/pages/questions.tsx"),
  route("questions/:questionId", "compliance/pages/question.tsx"),
  // compliance: audits
  route("audits", "compliance/pages/audits.tsx"),
  route("audits/watch", "compliance/pages/audits-watch.ts"),
  route("audits/new", "compliance/pages/new-audit.tsx"),
  route("audits/scopes/:auditScopeId", "compliance/pages/audited-services.tsx"),
  route("audits/services/:serviceId", "compliance/pages/audited-service.tsx"),
  route("audits/:auditRunId", "compliance/pages/audit-run.tsx"),
  route("audits/:auditRunId/file", "compliance/pages/audit-file.ts"),
  // placements
  route("beds", "placements/pages/beds.tsx"),
  route("placements/units", "placements/pages/units.tsx"),
  route("placements/units/new", "placements/pages/new-unit.tsx"),
  route("placements/units/:unitId", "placements/pages/unit.tsx"),
  // reports
  route("reports", "reports/pages/dashboard.tsx"),
  route("reports/export.csv", "reports/pages/export.ts"),
  route("reports/occupancy", "reports/pages/occupancy.tsx"),
  route("reports/:measure", "reports/pages/cases.tsx"),
] satisfies RouteConfig;
