import { Link, Route, Routes } from "react-router-dom"
import { CartProvider, useCart } from "./cart-context"
import { CartPage } from "./pages/cart-page"
import { CheckoutPage } from "./pages/checkout-page"
import { OrderPage } from "./pages/order-page"
import { ProductsPage } from "./pages/products-page"
import { ReturnPage } from "./pages/return-page"
import { chooseRegion, ShopProvider, useShop } from "./shop-context"

export function App() {
  return (
    <ShopProvider>
      <CartProvider>
        <Header />
        <Routes>
          <Route path="/" element={<ProductsPage />} />
          <Route path="/cart" element={<CartPage />} />
          <Route path="/checkout" element={<CheckoutPage />} />
          <Route path="/return" element={<ReturnPage />} />
          <Route path="/orders/:id" element={<OrderPage />} />
          <Route path="*" element={<NothingHere />} />
        </Routes>
        <footer className="footer">A demo shop: nothing is shipped and no real money moves.</footer>
      </CartProvider>
    </ShopProvider>
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
