import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./beneficiary-answers"
import { base, byLogin, forBeneficiaries } from "./route-parts"
import * as validators from "./validators"

const onePayee = z.object({ beneficiary: answers.PayoutBeneficiaryDetail })

export const beneficiaryRoutes: readonly AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/beneficiaries`,
    policies: forBeneficiaries("read"),
    summary: "List Beneficiaries",
    description: "Who can be paid.",
    query: validators.AdminGetPayoutBeneficiariesParams,
    queryConfig: answers.listBeneficiariesConfig,
    answer: pageOf("beneficiaries", answers.PayoutBeneficiary),
  },
  {
    method: "POST",
    path: `${base}/beneficiaries`,
    policies: forBeneficiaries("create"),
    takesIdempotencyKey: true,
    summary: "Create a Beneficiary",
    description:
      "Creates somebody who can be paid, and registers them at the gateway where it has a call for it; what it needs " +
      "once is passed on and not stored. The same idempotency key with the same input gives the one that was created. " +
      "`same_account` names others who have the account.",
    body: validators.AdminCreatePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/beneficiaries/:id`,
    policies: forBeneficiaries("read"),
    summary: "Get a Beneficiary",
    description: "One beneficiary as of its newest version, with its audit lines.",
    query: validators.AdminGetPayoutParams,
    queryConfig: answers.retrieveBeneficiaryConfig,
    answer: onePayee,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id`,
    policies: forBeneficiaries("update"),
    summary: "Update a Beneficiary",
    description:
      "Makes its next version. Transfers approved for the one before, and not sent yet, wait for an approval again.",
    body: validators.AdminUpdatePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/beneficiaries/:id/versions`,
    policies: forBeneficiaries("read"),
    summary: "List a Beneficiary's Versions",
    description:
      "What it said at each time, the newest first: which fields changed, who did it and when; accounts by their last " +
      "characters.",
    query: validators.AdminGetPayoutBeneficiaryVersionsParams,
    queryConfig: answers.listVersionsConfig,
    answer: pageOf("versions", answers.PayoutBeneficiaryVersion),
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/customer`,
    policies: forBeneficiaries("update"),
    summary: "Link a Beneficiary to a Customer",
    description:
      "Says which of the shop's customers it is. Nothing of it is sent, so that no approval is taken back.",
    body: validators.AdminLinkPayoutBeneficiary,
    answer: onePayee,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/disable`,
    policies: forBeneficiaries("update"),
    summary: "Disable a Beneficiary",
    description: "Nobody can be paid there any more; what was approved and not sent is canceled.",
    body: validators.AdminDisablePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/decide`,
    policies: forBeneficiaries("update"),
    summary: "Decide on a Beneficiary",
    description: `Notes what a person found out about a beneficiary that the gateway has not accepted yet. ${byLogin}`,
    body: validators.AdminDecidePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/account`,
    policies: forBeneficiaries("reveal"),
    summary: "Reveal a Beneficiary's Account",
    description:
      "The account in full, by the names of the provider's fields: the only answer that shows it. Each call leaves " +
      `an audit line, so that it is no GET, and no cache may keep the answer. ${byLogin}`,
    answer: z.object({ account: z.record(z.string(), z.string()) }),
    errors: [404, 409],
  },
]
