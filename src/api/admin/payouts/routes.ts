import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./answers"
import {
  PayoutMoneyOut,
  PayoutRules,
  listReconciliationsConfig,
  PayoutReconciliation,
} from "./sending-answers"
import { base, byLogin, forTransfers } from "./route-parts"
import * as validators from "./validators"
import { batchRoutes, importRoutes } from "./batch-routes"
import { beneficiaryRoutes } from "./beneficiary-routes"
import { fileRoutes } from "./file-routes"
import { transferRoutes } from "./transfer-routes"

const providerRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/providers`,
    policies: forTransfers("read"),
    summary: "List Payout Providers",
    description:
      "The gateways that payouts can go through, and what a form has to ask for at each.",
    answer: z.object({ providers: z.array(answers.PayoutProvider), count: z.int() }),
  },
  {
    method: "GET",
    path: `${base}/providers/:id/balance`,
    policies: forTransfers("read"),
    summary: "Get a Provider's Balance",
    description: "How much there is to send, as the gateway says now.",
    answer: z.object({ balances: z.array(answers.PayoutBalance) }),
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/rules`,
    policies: forTransfers("read"),
    summary: "Get the Rules of Payouts",
    description:
      "What the shop's config says of all transfers: who has to approve, the limits, and how long nothing is paid to an " +
      "account that was changed.",
    answer: z.object({ rules: PayoutRules }),
  },
]

const chartRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/money-out`,
    policies: forTransfers("read"),
    summary: "Get Money Out by Day",
    description:
      "What was sent, or may have been, by the day on which it was, by what became of it since, provider and currency; " +
      "nothing that came back is taken off. Filtered as the list is; `submitted_at` bounds when it was sent. At most 366 " +
      "days, the last ones.",
    query: validators.AdminGetPayoutMoneyOutParams,
    answer: z.object({ money_out: PayoutMoneyOut }),
  },
]

const oneSending = z.object({ sending: answers.PayoutSending })

const sendingRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/sending`,
    policies: forTransfers("read"),
    summary: "Get the Pause Switch",
    description: "Whether payouts are sent, and else who paused all of them, when and why.",
    answer: oneSending,
  },
  {
    method: "POST",
    path: `${base}/sending/pause`,
    policies: forTransfers("update"),
    summary: "Pause All Sending",
    description:
      "Nothing is sent any more from the answer on, on any server. What is at a gateway already goes on, and is asked " +
      "about. A pause that is there stays as it is.",
    body: validators.AdminPausePayouts,
    answer: oneSending,
    errors: [409],
  },
  {
    method: "POST",
    path: `${base}/sending/resume`,
    policies: forTransfers("approve"),
    summary: "Resume Sending",
    description: `Ends the pause. The gateways are asked first about what was approved before. ${byLogin}`,
    body: validators.AdminResumePayouts,
    answer: oneSending,
    errors: [409],
  },
]

const reconciliationRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/reconciliations`,
    policies: forTransfers("read"),
    summary: "List Reconciliations",
    description:
      "Once a day what was sent before that day is held against what the gateways say of it: the runs, the last one first, " +
      "with what differs.",
    query: validators.AdminGetPayoutReconciliationsParams,
    queryConfig: listReconciliationsConfig,
    answer: pageOf("reconciliations", PayoutReconciliation),
  },
]

export const payoutRoutes: readonly AdminRoute[] = [
  ...providerRoutes,
  ...beneficiaryRoutes,
  ...transferRoutes,
  ...batchRoutes,
  ...fileRoutes,
  ...chartRoutes,
  ...sendingRoutes,
  ...importRoutes,
  ...reconciliationRoutes,
]
