import type { HttpTypes } from "@medusajs/framework/types"
import { useEffect, useState } from "react"
import { useCart } from "../cart-context"
import { messageOf } from "../error-message"
import { money } from "../money"
import { Problem } from "../problem"
import { useShop } from "../shop-context"
import { useRequest } from "../use-request"

type Product = HttpTypes.StoreProduct

export function ProductsPage() {
  const { sdk, region } = useShop()
  const [products, setProducts] = useState<Product[]>([])
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    sdk.store.product
      .list({ region_id: region.id, order: "title", fields: "+variants.calculated_price" })
      .then(
        (answer) => setProducts(answer.products),
        (error: unknown) => setProblem(messageOf(error))
      )
  }, [sdk, region.id])

  return (
    <main className="page wide">
      <section className="hero">
        <h1>Good things from the islands</h1>
        <p>
          Small batches, made by people we know. Sent from Maginhawa Street, Quezon City, to{" "}
          {region.name}.
        </p>
      </section>
      <Problem>{problem}</Problem>
      <ul className="products">
        {products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </main>
  )
}

function ProductCard({ product }: { product: Product }) {
  const cart = useCart()
  const { region } = useShop()
  const variants = product.variants ?? []
  const [chosen, setChosen] = useState(variants[0]?.id ?? "")
  const [added, setAdded] = useState(false)
  const { busy, problem, send } = useRequest()
  const variant = variants.find(({ id }) => id === chosen)
  const price = variant?.calculated_price

  const add = () =>
    send(async () => {
      await cart.add(chosen)
      setAdded(true)
    })

  return (
    <li className="product">
      <img src={product.thumbnail ?? ""} alt="" width="400" height="400" loading="lazy" />
      <div className="product-text">
        <h2>{product.title}</h2>
        <p className="quiet">{product.description}</p>
        {variants.length > 1 && (
          <fieldset className="variants">
            <legend className="hidden">{product.options?.[0]?.title}</legend>
            {variants.map(({ id, title }) => (
              <label key={id}>
                <input
                  type="radio"
                  name={product.id}
                  checked={id === chosen}
                  onChange={() => setChosen(id)}
                />
                <span>{title}</span>
              </label>
            ))}
          </fieldset>
        )}
        <div className="buy">
          <span className="price">
            {typeof price?.calculated_amount === "number" &&
              money(price.calculated_amount, price.currency_code ?? region.currency_code)}
          </span>
          <button className="button small" disabled={busy || !variant} onClick={add}>
            {added && !busy ? "Add another" : "Add"}
            <span className="hidden"> {product.title} to the cart</span>
          </button>
        </div>
        <p className="hidden" role="status">
          {added ? `${product.title} is in the cart` : ""}
        </p>
        <Problem>{problem}</Problem>
      </div>
    </li>
  )
}
