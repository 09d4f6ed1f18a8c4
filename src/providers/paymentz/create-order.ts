import { checkoutFields, checkoutPath, generateInvoice } from "../../gateways/paymentz/checkout"
import { type PaymentzClient, wireAmount } from "../../gateways/paymentz/client"
import { paymentzErrors } from "../../gateways/paymentz/errors"
import { pay, payWithToken } from "../../gateways/paymentz/payments"
import { listSavedCards } from "../../gateways/paymentz/saved-cards"
import { gatewayUrl } from "../../gateways/shared/request"
import type { Charge, ChargeCalls, ChargeReport, OpenedOrder, OrderToOpen } from "../base/gateway"
import { languageOf } from "../base/storefront-input"
import { settingsToKeep, paymentTypeFor, type PaymentzOptions, settingsOf } from "./options"

/**
 * Opens an order: as an invoice, for a saved card, by a method without a card, or on the hosted page. Nothing
 * is charged by it.
 *
 * @throws GatewayError
 */
export async function createOrder(
  client: PaymentzClient,
  order: OrderToOpen,
  options: PaymentzOptions,
  now: Date
): Promise<OpenedOrder> {
  const opened = await open(client, order, options)
  const sentBy = opened.nextAction.type === "post_form" && !opened.gatewayId ? "browser" : "server"
  // Assumption: an invoice is always paid at once; the call that makes it has no payment type.
  const paymentType = order.invoice ? "DB" : paymentTypeFor(options)
  return { ...opened, gatewayData: settingsToKeep(paymentType, sentBy, now) }
}

async function open(
  client: PaymentzClient,
  order: OrderToOpen,
  options: PaymentzOptions
): Promise<OpenedOrder> {
  if (order.invoice) {
    return await openInvoice(client, order, options)
  }
  if (order.savedMethodId !== undefined) {
    return await openForSavedCard(client, order, order.savedMethodId)
  }
  if (order.recurring) {
    throw paymentzErrors.refusedHere("payWithToken", "a repeated charge needs saved_method_id")
  }
  if (options.integration === "rest") {
    return await openByMethod(client, order, options)
  }
  return openHosted(order, options)
}

async function openInvoice(
  client: PaymentzClient,
  order: OrderToOpen,
  options: PaymentzOptions
): Promise<OpenedOrder> {
  const { url } = await generateInvoice(client, {
    ...common(order, options),
    email: order.payer.email,
    name: order.payer.name,
  })
  return { nextAction: { type: "redirect", url } }
}

/** The gateway is told when the payment is authorized; until then it is only made sure whose card it is. */
async function openForSavedCard(
  client: PaymentzClient,
  { customerId, recurring, amount }: OrderToOpen,
  registrationId: string
): Promise<OpenedOrder> {
  wireAmount("payWithToken", amount)
  const cards = customerId === undefined ? [] : await listSavedCards(client, customerId)
  if (!cards.some((card) => card.registrationId === registrationId)) {
    throw paymentzErrors.refusedHere(
      "payWithToken",
      "saved_method_id is none of this customer's saved cards; only a customer who is logged in has any"
    )
  }
  return {
    nextAction: { type: "none" },
    chargeWith: { registration_id: registrationId, ...(recurring ? { recurring } : {}) },
  }
}

async function openByMethod(
  client: PaymentzClient,
  order: OrderToOpen,
  options: PaymentzOptions
): Promise<OpenedOrder> {
  const { paymentMode, payer } = order
  if (paymentMode === undefined) {
    throw paymentzErrors.refusedHere(
      "pay",
      "payment_mode is missing in the session's data, such as NB or EW"
    )
  }
  if (cardModes.includes(paymentMode.toUpperCase())) {
    throw paymentzErrors.refusedHere(
      "pay",
      `payment_mode ${paymentMode} needs the data of a card, which must not pass through a shop: use ` +
        `the option integration "hosted", or saved_method_id`
    )
  }
  const saveFor = customerToSaveFor(order)
  const payment = await pay(client, {
    ...common(order, options),
    paymentMode,
    paymentBrand: order.paymentBrand,
    customer: {
      name: payer.name,
      email: payer.email,
      phone: payer.phone,
      id: saveFor,
    },
    country: payer.country,
    isSaved: saveFor !== undefined,
  })
  return { gatewayId: payment.paymentId, nextAction: payment.next ?? { type: "none" } }
}

/** Modes that need the data of a card. Assumption: `DC` too, which the vendor does not explain. */
const cardModes: readonly string[] = ["CC", "DC"]

/** No call: the gateway hears of the order when the shopper's browser posts the form. */
function openHosted(order: OrderToOpen, options: PaymentzOptions): OpenedOrder {
  const fields = checkoutFields(options, {
    ...common(order, options),
    paymentMode: order.paymentMode,
    paymentBrand: order.paymentBrand,
    language: languageOf(order.language),
    saveFor: customerToSaveFor(order),
  })
  const url = gatewayUrl(options.baseUrl, { name: "baseUrl" }) + checkoutPath
  return { nextAction: { type: "post_form", url, fields } }
}

/**
 * The shopper always comes back to the store's own route, which sends them on to the storefront's page: the
 * gateway has the browser post a form, which few storefronts can take.
 */
function common(order: OrderToOpen, options: PaymentzOptions) {
  return {
    reference: order.reference,
    amount: order.amount,
    currency: order.currency,
    paymentType: paymentTypeFor(options),
    returnUrl: options.returnUrl,
    notificationUrl: options.notificationUrl,
  }
}

/** @throws GatewayDeclinedError for a guest: a card that belongs to nobody could never be used again */
function customerToSaveFor({ saveMethod, customerId }: OrderToOpen): string | undefined {
  if (!saveMethod) {
    return undefined
  }
  if (customerId === undefined) {
    throw paymentzErrors.refusedHere("pay", "save_method is only for a customer who is logged in")
  }
  return customerId
}

export function chargeCalls(
  client: PaymentzClient,
  options: Pick<PaymentzOptions, "capture" | "returnUrl" | "notificationUrl">
): ChargeCalls {
  return { send: (charge) => chargeSavedCard(client, charge, options), pollEveryMs, patienceMs }
}

/** Most answers are final; what is still being processed is asked about for a few seconds. */
const pollEveryMs = 2_000

const patienceMs = 6_000

async function chargeSavedCard(
  client: PaymentzClient,
  { order, with: chargeWith }: Charge,
  options: Pick<PaymentzOptions, "capture" | "returnUrl" | "notificationUrl">
): Promise<ChargeReport> {
  const registrationId = chargeWith.registration_id
  if (registrationId === undefined) {
    throw paymentzErrors.refusedHere("payWithToken", "no saved card is named")
  }
  const payment = await payWithToken(client, {
    reference: order.reference,
    amount: order.amount,
    currency: order.currency,
    paymentType: settingsOf(order, options).paymentType,
    returnUrl: options.returnUrl,
    notificationUrl: options.notificationUrl,
    registrationId,
    isRepeated: chargeWith.recurring === "repeated",
  })
  return {
    // Where the shopper has to confirm it, nothing was charged yet, and nothing was declined either.
    outcome: payment.isDone ? "done" : "unknown",
    gatewayId: payment.paymentId,
    code: payment.code,
    message: payment.message,
    ...(payment.next ? { nextAction: payment.next } : {}),
  }
}
