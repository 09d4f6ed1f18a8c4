import { FetchError } from "@medusajs/js-sdk"
import type { HttpTypes } from "@medusajs/framework/types"
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react"
import { useNavigate } from "react-router-dom"
import { useShop } from "./shop-context"

type Cart = HttpTypes.StoreCart

type CartHandle = {
  /** `undefined` while it is loaded, `null` when there is none. */
  cart: Cart | null | undefined
  add(variantId: string): Promise<void>
  /** @param quantity 0 takes the line out */
  setQuantity(lineId: string, quantity: number): Promise<void>
  /** Asks the store for something that changes the cart, then shows the cart as it is now. */
  change(request: (cart: Cart) => Promise<unknown>): Promise<void>
  reload(): Promise<Cart | null>
  /** After the order: the next thing added begins a new cart. */
  forget(): void
}

/** What the checkout shows beyond the Store API's own choice. */
const FIELDS = "+shipping_methods.name"
const CART_KEY = "kanto-goods.cart"
const CartContext = createContext<CartHandle | null>(null)

export function useCart(): CartHandle {
  const handle = useContext(CartContext)
  if (!handle) throw new Error("useCart is used outside CartProvider")
  return handle
}

export function CartProvider({ children }: { children: ReactNode }) {
  const { sdk, region } = useShop()
  const navigate = useNavigate()
  const [cart, setCart] = useState<Cart | null | undefined>(undefined)
  // One after the other: two taps on an empty cart would otherwise open two carts, and one would be lost.
  const lastChange = useRef<Promise<void>>(Promise.resolve())

  const reload = useCallback(async (): Promise<Cart | null> => {
    const id = localStorage.getItem(CART_KEY)
    const found = id && (await sdk.store.cart.retrieve(id, { fields: FIELDS }).catch(noSuchCart))
    const current = found && found.cart.region_id === region.id ? found.cart : null
    setCart(current)
    return current
  }, [sdk, region.id])

  const forget = useCallback(() => {
    localStorage.removeItem(CART_KEY)
    setCart(null)
  }, [])

  useEffect(() => {
    reload().catch(() => setCart(null))
  }, [reload])

  const handle = useMemo<CartHandle>(() => {
    const openCart = async (): Promise<Cart> => {
      const existing = await reload()
      if (existing && !isOrdered(existing)) return existing
      const created = await sdk.store.cart.create({ region_id: region.id })
      localStorage.setItem(CART_KEY, created.cart.id)
      return created.cart
    }
    const send: CartHandle["change"] = async (request) => {
      try {
        await request(await openCart())
      } catch (error) {
        if (!isConflict(error)) throw error
        // The cart was paid for in the meantime: the page that asks for the order shows it.
        navigate("/payment")
      } finally {
        await reload()
      }
    }
    const change: CartHandle["change"] = (request) => {
      const result = lastChange.current.then(() => send(request))
      lastChange.current = result.catch(() => {})
      return result
    }
    return {
      cart: cart && isOrdered(cart) ? null : cart,
      reload,
      change,
      add: (variantId) =>
        change(({ id }) =>
          sdk.store.cart.createLineItem(id, { variant_id: variantId, quantity: 1 })
        ),
      setQuantity: (lineId, quantity) =>
        change(({ id }) =>
          quantity > 0
            ? sdk.store.cart.updateLineItem(id, lineId, { quantity })
            : sdk.store.cart.deleteLineItem(id, lineId)
        ),
      forget,
    }
  }, [cart, forget, navigate, region.id, reload, sdk])

  return <CartContext.Provider value={handle}>{children}</CartContext.Provider>
}

/** Also when its order was made elsewhere, by the gateway's webhook. */
export function storedCartId(): string | null {
  return localStorage.getItem(CART_KEY)
}

function isOrdered(cart: Cart): boolean {
  return "completed_at" in cart && Boolean(cart.completed_at)
}

function isConflict(error: unknown): boolean {
  return error instanceof FetchError && error.status === 409
}

/** The shop's database was begun anew; the browser still remembers a cart of the old one. */
function noSuchCart(error: unknown): null {
  if (error instanceof FetchError && error.status === 404) return null
  throw error
}
