import { defineMiddlewares } from "@medusajs/framework/http"
import { storefrontFiles } from "../storefront-files"

const folder = process.env.STOREFRONT_DIR

export default defineMiddlewares({
  // Migrations and the seed load this file too, and have no storefront to serve.
  routes: folder ? [{ matcher: "/shop", middlewares: storefrontFiles(folder) }] : [],
})
