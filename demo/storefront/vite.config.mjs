import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  // The store serves the built files under this path; see ../src/api/middlewares.ts.
  base: "/shop/",
  plugins: [react()],
  build: {
    // The plugin is CommonJS and lies here beside the demo; a shop has it in node_modules, where Vite looks by itself.
    commonjsOptions: { include: [/node_modules/, /\.medusa/] },
  },
})
