import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { BrowserRouter } from "react-router-dom"
import { App } from "./app"
import "./styles.css"

const root = document.getElementById("root")
if (!root) throw new Error("index.html has no element #root")

createRoot(root).render(
  <StrictMode>
    <BrowserRouter basename="/shop">
      <App />
    </BrowserRouter>
  </StrictMode>
)
