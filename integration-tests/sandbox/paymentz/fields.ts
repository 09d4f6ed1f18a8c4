import { z } from "zod"
import { parseHttpUrl } from "../shared/server"

/** What the fields of a call have to look like, whichever call it is. */
export const text = z.string().regex(/\S/, "must not be empty")
export const anyText = z.string().max(255)
export const amount = z
  .string()
  .refine(isAmount, "must have one to eight digits, a point and two digits, and be more than zero")
export const currency = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 code in upper case")
export const merchantTransactionId = z
  .string()
  .regex(/^[A-Za-z0-9]{1,100}$/, "must be 1 to 100 letters and digits")
export const url = z
  .string()
  .max(100, "must have at most 100 characters")
  .refine((value) => parseHttpUrl(value) !== undefined, "must be an http(s) URL")

export const authentication = {
  "authentication.memberId": text,
  "authentication.checksum": text,
  "authentication.terminalId": text.optional(),
}

export const optionalCustomer = {
  "customer.telnocc": anyText.optional(),
  "customer.phone": anyText.optional(),
  "customer.email": anyText.optional(),
  "customer.givenName": anyText.optional(),
  "customer.surname": anyText.optional(),
  "customer.ip": anyText.optional(),
  "customer.birthDate": anyText.optional(),
  "customer.customerId": anyText.optional(),
}

/** Of a payment that a server sends; what is required differs from call to call. */
export const optionalPayment = {
  orderDescriptor: z.string().max(100).optional(),
  "shipping.country": anyText.optional(),
  "shipping.city": anyText.optional(),
  "shipping.state": anyText.optional(),
  "shipping.postcode": anyText.optional(),
  "shipping.street1": anyText.optional(),
  ...optionalCustomer,
  notificationUrl: url.optional(),
  tmpl_amount: amount.optional(),
  tmpl_currency: currency.optional(),
  recurringType: z.enum(["INITIAL", "REPEATED"]).optional(),
  createRegistration: z.enum(["true", "false"]).optional(),
}

type CustomerFields = { readonly [Name in keyof typeof optionalCustomer]?: string }

export function customerOf(fields: CustomerFields) {
  return {
    id: fields["customer.customerId"] ?? "",
    email: fields["customer.email"] ?? "",
    givenName: fields["customer.givenName"] ?? "",
    surname: fields["customer.surname"] ?? "",
  }
}

/** Hosted page, "amount": `[0-9]{1,8}\.[0-9]{2}`, in major units and with two decimals in every currency. */
const AMOUNT = /^\d{1,8}\.\d{2}$/
/** ISO 4217: they have no minor unit. */
const WITHOUT_MINOR_UNIT = ["JPY", "KRW", "VND", "CLP", "XAF", "XOF"]

function isAmount(text: string): boolean {
  return AMOUNT.test(text) && cents(text) > 0n
}

/** Whether such an amount can be paid: a bank has no half a yen. */
export function isPayable(amount: string, currency: string): boolean {
  return amount.endsWith(".00") || !WITHOUT_MINOR_UNIT.includes(currency)
}

export function isAtMost(amount: string, limit: string): boolean {
  return cents(amount) <= cents(limit)
}

function cents(amount: string): bigint {
  return BigInt(amount.replace(".", ""))
}
