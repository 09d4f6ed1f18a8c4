import { StrictMode } from "react"
import { hydrateRoot } from "react-dom/client"
import { createStoreFetch } from "../../../src/storefront"
import { Page, type PageProps } from "./page"

const root = document.getElementById("root")
const props: PageProps = JSON.parse(document.getElementById("props")?.textContent ?? "")
const storeFetch = createStoreFetch({ baseUrl: "", publishableKey: "pk_test" })

if (root) {
  hydrateRoot(
    root,
    <StrictMode>
      <Page
        {...props}
        storeFetch={storeFetch}
        onOrder={(orderId) => location.assign(`/orders/${orderId}`)}
      />
    </StrictMode>
  )
}
