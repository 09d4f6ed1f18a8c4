import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  // The store serves the built files under this path; see ../src/api/middlewares.ts.
  base: "/shop/",
  plugins: [react()],
})
