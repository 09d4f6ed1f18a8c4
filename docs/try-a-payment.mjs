/**
 * Buys the first thing that there is in a Medusa store, as a shopper's browser would, and pays for it at a stand-in of
 * medusa-regional-payments-sandbox, or by hand at whatever page the gateway has.
 *
 *   npx medusa-regional-payments pay --key pk_... --provider pp_paymentz_paymentz --sandbox http://127.0.0.1:4014
 *
 * It is this one file without dependencies, so that a storefront's author can read what a browser has to do.
 */
import { writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"

const { values } = parseArgs({
  options: {
    key: { type: "string" },
    provider: { type: "string" },
    store: { type: "string", default: "http://localhost:9000" },
    sandbox: { type: "string" },
  },
})

/** How often is asked whether it is paid, and how often at most. */
const everyMs = 2_500
const mostQuestions = 120

try {
  await buy()
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

async function buy() {
  if (!values.key || !values.provider) {
    throw new Error(
      "npx medusa-regional-payments pay --key pk_... --provider pp_paymentz_paymentz [--sandbox http://127.0.0.1:4014]\n" +
        "The key stands in the dashboard under Settings > Publishable API Keys, the provider's id under Settings > Payment gateways"
    )
  }
  const region = await regionWith(values.provider)
  console.log(
    `1. ${region.name} sells in ${region.currency_code.toUpperCase()} and takes ${values.provider}`
  )

  const cart = await filledCart(region)
  console.log(
    `2. A cart of ${cart.total} ${cart.currency_code.toUpperCase()}: ${cart.items[0].title}`
  )

  const session = await chosenPayment(cart)
  console.log(`3. Opened at the gateway under our reference ${session.data.reference}`)

  await pay(session)
  await paid(session)
  console.log("5. The store has asked the gateway, and it is paid")

  const { order } = await ask("POST", `/store/carts/${cart.id}/complete`, {})
  if (!order) {
    throw new Error(
      "The cart was paid and is no order: look under Payments that need you in the dashboard"
    )
  }
  console.log(`6. Order #${order.display_id}: look at it in the dashboard, and refund it there`)
}

async function regionWith(provider) {
  const { regions } = await ask("GET", "/store/regions")
  for (const region of regions) {
    const { payment_providers: providers } = await ask(
      "GET",
      `/store/payment-providers?region_id=${region.id}`
    )
    if (providers.some(({ id }) => id === provider)) {
      return region
    }
  }
  throw new Error(
    `${provider} is offered in no region. In the dashboard, Settings > Regions: add it to one whose currency its gateway takes`
  )
}

async function filledCart(region) {
  const { products } = await ask(
    "GET",
    `/store/products?region_id=${region.id}&fields=id,title,variants.id,variants.calculated_price&limit=50`
  )
  const variant = products
    .flatMap((product) => product.variants)
    .find(({ calculated_price: price }) => price?.calculated_amount > 0)
  if (!variant) {
    throw new Error(
      `Nothing has a price in ${region.currency_code.toUpperCase()}: give a product one in the dashboard`
    )
  }
  const { cart } = await ask("POST", "/store/carts", { region_id: region.id })
  const country_code = region.countries[0].iso_2
  const address = {
    first_name: "Ana",
    last_name: "Test",
    address_1: "Test Street 1",
    city: "Testville",
    postal_code: "10000",
    phone: "+38591234567",
    country_code,
  }
  await ask("POST", `/store/carts/${cart.id}`, {
    email: "ana@example.com",
    shipping_address: address,
    billing_address: address,
  })
  await ask("POST", `/store/carts/${cart.id}/line-items`, { variant_id: variant.id, quantity: 1 })
  const { shipping_options: options } = await ask(
    "GET",
    `/store/shipping-options?cart_id=${cart.id}`
  )
  if (options.length === 0) {
    throw new Error(
      `Nothing is shipped to ${country_code.toUpperCase()}: add a shipping option in the dashboard`
    )
  }
  const shipped = await ask("POST", `/store/carts/${cart.id}/shipping-methods`, {
    option_id: options[0].id,
  })
  return shipped.cart
}

async function chosenPayment(cart) {
  const { payment_collection: collection } = await ask("POST", "/store/payment-collections", {
    cart_id: cart.id,
  })
  const { payment_collection: chosen } = await ask(
    "POST",
    `/store/payment-collections/${collection.id}/payment-sessions`,
    // Cashy alone asks for an identity number; the others drop it.
    { provider_id: values.provider, data: { payer: { id_number: "3310401123456" } } }
  )
  return chosen.payment_sessions.find(({ provider_id: id }) => id === values.provider)
}

async function pay({ data }) {
  const { next_action: action, reference } = data
  if (!values.sandbox) {
    console.log(`4. Now pay: ${whereToPay(action, reference)}`)
    return
  }
  if (action.type === "post_form") {
    await fetch(action.url, { method: "POST", body: new URLSearchParams(action.fields) })
  }
  for (const orders of ["orders", "payments"]) {
    const answer = await fetch(`${values.sandbox}/_sandbox/${orders}/${reference}/pay`, {
      method: "POST",
    })
    if (answer.ok) {
      console.log("4. Paid at the stand-in, as the shopper would on its page")
      return
    }
  }
  throw new Error(
    `The stand-in at ${values.sandbox} knows no ${reference}: is it the one of ${values.provider}?`
  )
}

/** A form is posted by a browser: a page that does so is written for it. */
function whereToPay(action, reference) {
  if (action.type !== "post_form") {
    return action.url ?? action.value ?? action.code ?? "in the shopper's app"
  }
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
  const fields = Object.entries(action.fields).map(
    ([name, value]) => `<input name="${escaped(name)}" value="${escaped(value)}" type="hidden">`
  )
  const page = join(tmpdir(), `pay-${reference}.html`)
  writeFileSync(
    page,
    `<form method="post" action="${escaped(action.url)}">${fields.join("")}<button>Pay</button></form>`
  )
  return `open ${pathToFileURL(page)} in a browser`
}

async function paid({ id }) {
  for (let question = 0; question < mostQuestions; question++) {
    const { payment_session: session } = await ask(
      "POST",
      `/store/payment-sessions/${id}/refresh`,
      {}
    )
    if (session.state === "paid" || session.state === "authorized") {
      return
    }
    if (session.state !== "pending") {
      throw new Error(`The payment is ${session.state}`)
    }
    await pause(everyMs)
  }
  throw new Error("Nobody has paid by now")
}

async function ask(method, path, body) {
  const answer = await fetch(`${values.store}${path}`, {
    method,
    headers: { "content-type": "application/json", "x-publishable-api-key": values.key },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause) => {
    throw new Error(`Nothing answers at ${values.store}: is the store running?`, { cause })
  })
  const read = await answer.json()
  if (!answer.ok) {
    throw new Error(`${method} ${path} was answered with HTTP ${answer.status}: ${read.message}`)
  }
  return read
}
