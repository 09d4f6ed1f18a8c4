import { useEffect, useRef, type ReactNode } from "react"
import { Link, Route, Routes, useLocation } from "react-router-dom"
import { CartProvider, useCart } from "./cart-context"
import { CartPage } from "./pages/cart-page"
import { CheckoutPage } from "./pages/checkout-page"
import { OrderPage } from "./pages/order-page"
import { PaymentPage } from "./pages/payment-page"
import { ProductsPage } from "./pages/products-page"
import { chooseRegion, ShopProvider, useShop } from "./shop-context"

export function App() {
  return (
    <ShopProvider>
      <CartProvider>
        <Header />
        <Content>
          <Routes>
            <Route path="/" element={<ProductsPage />} />
            <Route path="/cart" element={<CartPage />} />
            <Route path="/checkout" element={<CheckoutPage />} />
            <Route path="/payment" element={<PaymentPage />} />
            <Route path="/orders/:id" element={<OrderPage />} />
            <Route path="*" element={<NothingHere />} />
          </Routes>
        </Content>
        <footer className="footer">A demo shop: nothing is shipped and no real money moves.</footer>
      </CartProvider>
    </ShopProvider>
  )
}

/** Whoever can't see that another page is there is led to its beginning. */
function Content({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  const element = useRef<HTMLDivElement>(null)
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    window.scrollTo(0, 0)
    element.current?.focus()
  }, [pathname])
  return (
    <div ref={element} className="content" tabIndex={-1}>
      {children}
    </div>
  )
}

function Header() {
  const { cart } = useCart()
  const { region, regions } = useShop()
  const pieces = cart?.items?.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0
  return (
    <header className="header">
      <Link to="/" className="brand">
        Kanto Goods
      </Link>
      {regions.length > 1 && (
        <select
          aria-label="Country"
          value={region.id}
          onChange={({ target }) => chooseRegion(target.value)}
        >
          {regions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <Link to="/cart" className="cart-link" aria-label={`Cart, ${pieces} pieces`}>
        Cart <span className="count">{pieces}</span>
      </Link>
    </header>
  )
}

function NothingHere() {
  return (
    <main className="page">
      <h1>There is nothing here</h1>
      <p>
        <Link to="/">To the shop</Link>
      </p>
    </main>
  )
}
