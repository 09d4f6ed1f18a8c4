import { createContext, useContext, useEffect, useState, type ReactNode } from "react"
import { messageOf } from "./error-message"
import { openShop, type Shop } from "./shop"

const ShopContext = createContext<Shop | null>(null)
const REGION_KEY = "kanto-goods.region"

export function ShopProvider({ children }: { children: ReactNode }) {
  const [shop, setShop] = useState<Shop | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    openShop(localStorage.getItem(REGION_KEY)).then(setShop, (error: unknown) =>
      setProblem(messageOf(error))
    )
  }, [])

  if (problem) {
    return (
      <main className="page">
        <p className="notice bad" role="alert">
          {problem}
        </p>
      </main>
    )
  }
  return shop && <ShopContext.Provider value={shop}>{children}</ShopContext.Provider>
}

export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (!shop) throw new Error("useShop is used outside ShopProvider")
  return shop
}

/** Prices, payment methods and the cart belong to a region, so the page begins anew. */
export function chooseRegion(id: string): void {
  localStorage.setItem(REGION_KEY, id)
  window.location.assign("/shop")
}
