import { z } from "zod"
import { amount, anyText, currency, merchantTransactionId, url } from "./fields"

/** Hosted page, "Request parameters": the form that the shopper's browser posts. */
export const checkoutForm = z.strictObject({
  memberId: z.string().regex(/^\d{1,10}$/, "must be 1 to 10 digits"),
  totype: z.string().regex(/^[A-Za-z0-9]{1,30}$/, "must be 1 to 30 letters and digits"),
  amount,
  merchantTransactionId,
  checksum: z.string().regex(/^[0-9a-f]{32}$/, "must be MD5 in lower-case hexadecimal"),
  merchantRedirectUrl: url,
  transactionType: z.enum(["PA", "DB"]),
  currency: currency.optional(),
  terminalid: anyText.optional(),
  paymentMode: anyText.optional(),
  paymentBrand: anyText.optional(),
  notificationUrl: url.optional(),
  orderDescription: z.string().max(100).optional(),
  TMPL_AMOUNT: amount.optional(),
  TMPL_CURRENCY: currency.optional(),
  ip: anyText.optional(),
  firstName: anyText.optional(),
  lastName: anyText.optional(),
  country: anyText.optional(),
  city: anyText.optional(),
  state: anyText.optional(),
  postcode: anyText.optional(),
  street: anyText.optional(),
  phone: anyText.optional(),
  telnocc: anyText.optional(),
  email: anyText.optional(),
  lang: anyText.optional(),
  accountid: anyText.optional(),
  attemptThreeD: z.enum(["only3D", "3D", "direct"]).optional(),
  // Assumption: a card is saved by the same words as over REST; the page's own list has none for it.
  createRegistration: z.enum(["true", "false"]).optional(),
  recurringType: z.literal("INITIAL").optional(),
  customerId: anyText.optional(),
})

export type CheckoutForm = z.output<typeof checkoutForm>
