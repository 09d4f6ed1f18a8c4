import type { PaymentPurpose } from "../../modules/payment-journal/payment-request"
import type { GatewayCapabilities, OrderToOpen, Payer, PayerField } from "./payment-gateway"
import { allFields, fittingPayer, optionalFields, payerFields } from "./payer-problems"
import { allowedReturnUrl } from "./return-url"
import { neededPayer, readStorefrontInput } from "./storefront-input"

/** What the shopper, the storefront or the shop's own workflow wants of an order, beside its amount. */
export type ShopperWishes = Omit<OrderToOpen, "reference" | "amount" | "currency" | "customerId">

/** The logged-in customer, as Medusa hands it to a provider; it never hands over the cart's addresses. */
export type KnownCustomer = {
  email?: string | null
  first_name?: string | null
  last_name?: string | null
  phone?: string | null
}

const addressee: readonly PayerField[] = ["name", "email"]

/** What is not the storefront's to say; `purpose` only where the shop's own server asked for the payment. */
export type KnownByServer = { customer?: KnownCustomer; purpose?: PaymentPurpose }

/**
 * @throws MedusaError invalid_data for words that can't be used, or an address that is not allowed
 */
export function shopperWishes(
  data: Record<string, unknown>,
  rules: GatewayCapabilities["payer"],
  allowedReturnOrigins: readonly string[],
  { customer, purpose }: KnownByServer
): ShopperWishes {
  const input = readStorefrontInput(data, optionalFields(rules))
  const known = readStorefrontInput({ payer: payerOf(customer) }, allFields).payer
  const isLink = purpose === "link"
  // A link is sent to somebody: his address and name go with it and are kept nowhere.
  const needed = isLink ? [...payerFields(rules), ...addressee] : payerFields(rules)
  const payer = neededPayer({ payer: { ...known, ...input.payer } }, needed)
  return {
    payer: fittingPayer(rules, payer),
    returnUrl: allowedReturnUrl(input.return_url, allowedReturnOrigins),
    language: input.language,
    authCode: input.auth_code,
    savedMethodId: input.saved_method_id,
    saveMethod: input.save_method,
    paymentMode: input.payment_mode,
    paymentBrand: input.payment_brand,
    recurring: purpose === "charge" ? "repeated" : undefined,
    invoice: isLink || undefined,
  }
}

function payerOf(customer: KnownCustomer | undefined): Payer {
  const name = [customer?.first_name, customer?.last_name].filter((part) => part).join(" ")
  return {
    ...(name ? { name } : {}),
    ...(customer?.email ? { email: customer.email } : {}),
    ...(customer?.phone ? { phone: customer.phone } : {}),
  }
}
