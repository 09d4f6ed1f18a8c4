import { returnedPayment, type CheckoutSession, type StoreFetch } from "../../../src/storefront"
import { PaymentResult, usePayment } from "../../../src/storefront/react"
import { en, fil, hr, km, ur } from "../../../src/storefront/words"

/** What the server of a shop would load of the cart, and the browser gets with the page. */
export type PageProps = {
  cartId: string | null
  session: CheckoutSession | null
  query: string
  lang: string
  opensBeside: boolean
}

const languages = [en, fil, hr, km, ur]

/** A shop's payment page, on the server and in the browser. */
export function Page({
  storeFetch,
  onOrder,
  ...props
}: PageProps & { storeFetch: StoreFetch; onOrder: (orderId: string) => void }) {
  const { cartId, session, query, lang, opensBeside } = props
  const words = languages.find((one) => one.lang === lang) ?? en
  const sessionId = returnedPayment(query)?.sessionId
  const { payment, askAgain } = usePayment({ storeFetch, cartId, session, sessionId, onOrder })
  return (
    <main>
      <PaymentResult
        {...{ payment, askAgain, words, opensBeside }}
        method="Acme Pay"
        otherWay="/checkout"
      />
    </main>
  )
}
