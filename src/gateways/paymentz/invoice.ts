import type { PaymentzClient } from "./client"
import { invoiceBody } from "./messages"
import { nameParts } from "./name-parts"
import { mismatch, refusal } from "./refusal"
import { wireAmount } from "./wire-amount"

/** The amount in major units; the currency in either case. */
export type PaymentzNewInvoice = {
  reference: string
  amount: string
  currency: string
  returnUrl: string
  notificationUrl: string
  /** Where the gateway sends the link to; it is returned in any case. */
  email?: string
  name?: string
}

/**
 * Makes a link for an amount that is due (Paymentz, "Invoice", generate). The payment is found again by our
 * reference.
 *
 * @throws GatewayError
 */
export async function generateInvoice(
  client: PaymentzClient,
  invoice: PaymentzNewInvoice
): Promise<{ url: string }> {
  const { reference, returnUrl } = invoice
  const amount = wireAmount("generateInvoice", invoice.amount)
  const { givenName, surname } = nameParts(invoice.name)
  const { body, words, httpStatus } = await client.call({
    operation: "generateInvoice",
    signed: {
      row: "invoice",
      merchantInvoiceId: reference,
      amount,
      merchantRedirectUrl: returnUrl,
    },
    fields: {
      merchantInvoiceId: reference,
      merchantTransactionId: reference,
      amount,
      currency: invoice.currency.toUpperCase(),
      merchantRedirectUrl: returnUrl,
      notificationUrl: invoice.notificationUrl,
      "customer.email": invoice.email,
      "customer.givenName": givenName,
      "customer.surname": surname,
    },
    schema: invoiceBody,
  })
  const url = body.invoiceDetails?.transactionUrl ?? body.transactionUrl
  if (url === undefined) {
    throw refusal("generateInvoice", words, httpStatus)
  }
  if (!/^https?:\/\//.test(url)) {
    throw mismatch("generateInvoice", "its link is not a web address")
  }
  return { url }
}
