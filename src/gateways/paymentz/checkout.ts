/** The pages that Paymentz hosts: the checkout's form, and invoices. */

import { checkoutAmount, type PaymentzClient, wireAmount } from "./client"
import { paymentzErrors, refusal } from "./errors"
import { invoiceBody, type PaymentzPaymentType } from "./messages"
import { nameParts } from "./payments"
import { checksum, type ChecksumMerchant } from "./signature"

type CheckoutMerchant = ChecksumMerchant & {
  /** The partner's name. It is in the checksum: a wrong one is refused on the page without a word of why. */
  totype: string
  terminalId?: string
}

/** Amounts in major units, the currency in either case, addresses of at most 100 characters. */
type PaymentzCheckout = {
  reference: string
  amount: string
  currency: string
  paymentType: PaymentzPaymentType
  returnUrl: string
  notificationUrl: string
  paymentMode?: string
  paymentBrand?: string
  /** ISO 639-1, such as `en`. */
  language?: string
  /** Of the customer for whom the card is to be saved. */
  saveFor?: string
}

/** Where the form is posted to, from the host on. */
export const checkoutPath = "/transaction/Checkout"

/**
 * The fields that the shopper's browser posts to the hosted page (Paymentz, "Standard Checkout"). The
 * checksum is over the texts as they stand here, before the browser encodes them.
 *
 * Nothing of the payer is among them, because a form that waits in the shop's database must hold nothing
 * personal: the page asks for what it needs.
 *
 * Assumption: a card is saved on the hosted page with the same words as by the API, since the page lists
 * none of its own; `INITIAL` lets it be charged again later without the shopper.
 *
 * @throws GatewayDeclinedError for an amount that the page does not take; nothing was sent
 */
export function checkoutFields(
  merchant: CheckoutMerchant,
  checkout: PaymentzCheckout
): Record<string, string> {
  const { memberId, totype, terminalId } = merchant
  const { paymentMode, paymentBrand, language, saveFor } = checkout
  const signed = {
    totype,
    amount: checkoutAmount(checkout.amount),
    merchantTransactionId: checkout.reference,
    merchantRedirectUrl: checkout.returnUrl,
  }
  return {
    memberId,
    ...signed,
    checksum: checksum({ row: "checkout", ...signed }, merchant),
    transactionType: checkout.paymentType,
    currency: checkout.currency.toUpperCase(),
    notificationUrl: checkout.notificationUrl,
    orderDescription: checkout.reference,
    ...(terminalId ? { terminalid: terminalId } : {}),
    ...(paymentMode ? { paymentMode } : {}),
    ...(paymentBrand ? { paymentBrand } : {}),
    ...(language ? { lang: language } : {}),
    ...(saveFor
      ? { createRegistration: "true", recurringType: "INITIAL", customerId: saveFor }
      : {}),
  }
}

/** The amount in major units; the currency in either case. */
type PaymentzNewInvoice = {
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
  const { body, gatewayError, httpStatus } = await client.call({
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
    throw refusal("generateInvoice", gatewayError, httpStatus)
  }
  if (!/^https?:\/\//.test(url)) {
    throw paymentzErrors.mismatch("generateInvoice", "its link is not a web address")
  }
  return { url }
}
