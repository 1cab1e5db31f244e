/** Every address of the product. Routes, links and tests use only these. */
export const paths = {
  home: () => "/",
  health: () => "/health",
  setup: () => "/setup",
  signIn: (to?: string) =>
    to && to !== "/" ? `/sign-in?to=${encodeURIComponent(to)}` : "/sign-in",
  signOut: () => "/sign-out",
  account: () => "/account",

  people: () => "/people",
  newPerson: () => "/people/new",
  person: (id: string) => `/people/${id}`,
  emergency: () => "/emergency-access",
  emergencyReview: () => "/emergency-access/review",

  consumer: (id: string) => `/consumers/${id}`,
  enrolments: (id: string) => `/consumers/${id}/enrolments`,
  plan: (id: string) => `/consumers/${id}/plan`,
  planEdit: (id: string) => `/consumers/${id}/plan/edit`,
  planVersion: (id: string, planId: string) => `/consumers/${id}/plan/${planId}`,
  relapsePlan: (id: string) => `/consumers/${id}/relapse-prevention`,
  dischargePlan: (id: string) => `/consumers/${id}/discharge-plan`,
  referrals: (id: string) => `/consumers/${id}/referrals`,
  supports: (id: string) => `/consumers/${id}/supports`,
  newSupport: (id: string) => `/consumers/${id}/supports/new`,
  support: (id: string, supportId: string) => `/consumers/${id}/supports/${supportId}`,
  newConsent: (id: string, supportId: string) => `/consumers/${id}/supports/${supportId}/consent`,
  consent: (id: string, consentId: string) => `/consumers/${id}/consents/${consentId}`,
  whoLooked: (id: string) => `/consumers/${id}/who-looked`,
  services: (id: string) => `/consumers/${id}/services`,
  newService: (id: string) => `/consumers/${id}/services/new`,
  service: (id: string, serviceId: string) => `/consumers/${id}/services/${serviceId}`,
  newConference: (id: string) => `/consumers/${id}/conferences/new`,
  conference: (id: string, conferenceId: string) => `/consumers/${id}/conferences/${conferenceId}`,
  reschedule: (id: string, conferenceId: string) =>
    `/consumers/${id}/conferences/${conferenceId}/reschedule`,
  hold: (id: string, conferenceId: string) => `/consumers/${id}/conferences/${conferenceId}/hold`,
  agreed: (id: string, conferenceId: string) =>
    `/consumers/${id}/conferences/${conferenceId}/what-we-agreed`,
  invitation: (id: string, conferenceId: string, supportId: string) =>
    `/consumers/${id}/conferences/${conferenceId}/invitations/${supportId}`,
  invitationFile: (id: string, conferenceId: string, supportId: string) =>
    `/consumers/${id}/conferences/${conferenceId}/invitations/${supportId}/calendar.ics`,

  calendar: () => "/calendar",
  tasks: () => "/tasks",
  bulletins: () => "/bulletins",
  bulletin: (number: string) => `/bulletins/${encodeURIComponent(number)}`,
  claims: () => "/claims",
  claim: (serviceId: string) => `/claims/${serviceId}`,
  claimExport: () => "/claims/export.csv",
  batches: () => "/claims/batches",
  batch: (id: string) => `/claims/batches/${id}`,

  settings: () => "/settings",
  staff: () => "/settings/staff",
  newStaff: () => "/settings/staff/new",
  staffMember: (id: string) => `/settings/staff/${id}`,
  programs: () => "/settings/programs",
  rooms: () => "/settings/rooms",
  rates: () => "/settings/rates",
};
