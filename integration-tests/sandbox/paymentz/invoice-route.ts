import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute, call } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import {
  amount,
  authentication,
  currency,
  customerOf,
  merchantTransactionId,
  optionalCustomer,
  text,
  url,
} from "./fields"
import { requirePayable, requireUnused } from "./payment-routes"
import { timestamp } from "./timestamp"

/**
 * Paymentz, POST {host}/invoiceServices/REST/v1/generate: a link by e-mail. Assumption: an invoice is a debit that is
 * found again by its own number as the merchantTransactionId; the link stands in `invoiceDetails.transactionUrl`, as
 * other clients of the platform read it.
 */
export function invoiceRoute(context: PaymentzContext): Route {
  const { credentials, payments, now, pageUrl } = context
  const generate = call(context, {
    fields: z.strictObject({
      ...authentication,
      merchantInvoiceId: merchantTransactionId,
      merchantTransactionId: merchantTransactionId.optional(),
      amount,
      currency,
      merchantRedirectUrl: url,
      notificationUrl: url.optional(),
      orderDescriptor: z.string().max(100).optional(),
      ...optionalCustomer,
      // It is sent by e-mail.
      "customer.email": text,
    }),
    checksum: ({ merchantInvoiceId, amount, merchantRedirectUrl }) =>
      checksum("invoice", { ...credentials, merchantInvoiceId, amount, merchantRedirectUrl }),
    answer: (wanted) => {
      requirePayable(context, wanted)
      requireUnused(context, wanted.merchantTransactionId ?? wanted.merchantInvoiceId)
      const payment = payments.open({
        merchantTransactionId: wanted.merchantTransactionId ?? wanted.merchantInvoiceId,
        paymentType: "DB",
        amount: wanted.amount,
        currency: wanted.currency,
        paymentMode: "CC",
        paymentBrand: "VISA",
        origin: "invoice",
        description: wanted.orderDescriptor ?? "",
        merchantRedirectUrl: wanted.merchantRedirectUrl,
        notificationUrl: wanted.notificationUrl ?? null,
        terminalId: credentials.terminalId,
        customer: customerOf(wanted),
      })
      return {
        invoiceDetails: {
          merchantInvoiceId: wanted.merchantInvoiceId,
          amount: wanted.amount,
          currency: wanted.currency,
          transactionUrl: pageUrl(payment),
        },
        result: { code: "00001", description: "The invoice was generated" },
        timestamp: timestamp(now()),
      }
    },
  })
  return apiRoute(context, {
    path: "/invoiceServices/REST/v1/generate",
    needsToken: true,
    choose: () => generate,
  })
}
