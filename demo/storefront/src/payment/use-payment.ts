import { useEffect, useState } from "react"
import { storedCartId, useCart } from "../cart-context"
import { messageOf } from "../error-message"
import { useShop } from "../shop-context"
import { followPayment, type Payment } from "./follow-payment"
import { storeQuestions } from "./store-questions"

/** The payment of the cart that this browser remembers; undefined until something is known. */
export function usePayment(): { payment: Payment | undefined; problem: string | null } {
  const shop = useShop()
  const { forget } = useCart()
  const [cartId] = useState(storedCartId)
  const [payment, setPayment] = useState<Payment | undefined>(
    cartId === null ? { type: "none" } : undefined
  )
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    if (cartId === null) return
    const left = new AbortController()
    const follow = async () => {
      for await (const next of followPayment(storeQuestions(shop, cartId, left.signal))) {
        if (left.signal.aborted) return
        if (next.type === "ordered") forget()
        setPayment(next)
      }
    }
    follow().catch((error: unknown) => {
      if (!left.signal.aborted) setProblem(messageOf(error))
    })
    return () => left.abort()
  }, [cartId, shop, forget])

  return { payment, problem }
}
