import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"

type Row = Record<string, unknown>

/** The rows of one cart, with those that others refer to before them. */
type CartRows = { email: string; tables: readonly { table: string; rows: readonly Row[] }[] }

/**
 * Guests' carts that are ready to be paid for. The first of a kind is filled through the Store API, which takes half of a
 * purchase's time; the others are copies of its rows with ids and an email address of their own.
 */
export class CartCopies {
  readonly #database: () => Knex
  readonly #templates = new Map<string, CartRows>()

  constructor(database: () => Knex) {
    this.#database = database
  }

  /**
   * @param kind carts that are the same but for their guest
   * @param email the guest's
   * @param fill makes a cart through the Store API
   * @returns the cart's id
   */
  async cart(kind: string, email: string, fill: () => Promise<string>): Promise<string> {
    const template = this.#templates.get(kind)
    if (template) {
      return await copyCart(this.#database(), template, email)
    }
    const id = await fill()
    this.#templates.set(kind, await readCart(this.#database(), id, email))
    return id
  }
}

async function readCart(database: Knex, id: string, email: string): Promise<CartRows> {
  const cart = await database("cart").where({ id })
  const { customer_id, shipping_address_id, billing_address_id } = cart[0]
  const items = await database("cart_line_item").where({ cart_id: id })
  const methods = await database("cart_shipping_method").where({ cart_id: id })
  const ofItems = async (table: string) => await database(table).whereIn("item_id", idsOf(items))
  const ofMethods = async (table: string) =>
    await database(table).whereIn("shipping_method_id", idsOf(methods))
  return {
    email,
    tables: [
      { table: "customer", rows: await database("customer").where({ id: customer_id }) },
      {
        table: "cart_address",
        rows: await database("cart_address").whereIn("id", [
          shipping_address_id,
          billing_address_id,
        ]),
      },
      { table: "cart", rows: cart },
      { table: "cart_line_item", rows: items },
      { table: "cart_line_item_tax_line", rows: await ofItems("cart_line_item_tax_line") },
      { table: "cart_line_item_adjustment", rows: await ofItems("cart_line_item_adjustment") },
      { table: "cart_shipping_method", rows: methods },
      {
        table: "cart_shipping_method_tax_line",
        rows: await ofMethods("cart_shipping_method_tax_line"),
      },
      {
        table: "cart_shipping_method_adjustment",
        rows: await ofMethods("cart_shipping_method_adjustment"),
      },
    ],
  }
}

async function copyCart(database: Knex, template: CartRows, email: string): Promise<string> {
  const now = new Date()
  const others = new Map([[template.email, email]])
  for (const id of template.tables.flatMap(({ rows }) => idsOf(rows))) {
    others.set(id, generateEntityId("", id.slice(0, id.lastIndexOf("_"))))
  }
  const copied = (name: string, value: unknown): unknown => {
    if (name === "created_at" || name === "updated_at") return now
    if (typeof value === "string") return others.get(value) ?? value
    // The driver would make lists of PostgreSQL's own of arrays.
    return isJson(value) ? JSON.stringify(value) : value
  }
  await database.transaction(async (transaction) => {
    for (const { table, rows } of template.tables) {
      if (rows.length > 0) {
        await transaction(table).insert(
          rows.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([name, value]) => [name, copied(name, value)])
            )
          )
        )
      }
    }
  })
  const [cartId] = template.tables
    .filter(({ table }) => table === "cart")
    .flatMap(({ rows }) => idsOf(rows))
  return others.get(cartId!)!
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ id }) => String(id))
}

function isJson(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Date)
}
