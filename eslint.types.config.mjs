/**
 * `npm run lint:types`: Medusa's own rules, and those that have to know types, for what a shop runs. They take a minute, so
 * that they are not part of `npm run lint`.
 */
import medusa from "@medusajs/eslint-plugin"
import tseslint from "typescript-eslint"

const notOurs = ["src/admin/**", "src/storefront/react/**", "**/__tests__/**"]

export default tseslint.config(
  ...medusa.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "off" },
    rules: {
      // Gateways know nothing of Medusa, and the packages for storefronts and sandboxes have none.
      "@medusajs/zod-import-source": "off",
      // What no route throws has no HTTP status: bugs, and what stops a program.
      "@medusajs/use-medusa-error-not-generic-error": "off",
      // Functions are declared here, as everywhere in this package; the dashboard takes both.
      "@medusajs/admin-component-must-be-arrow-function": "off",
      // The ids say what a workflow is about in a shop that has many; they are longer than the names beside them.
      "@medusajs/step-id-kebab-case": "off",
      "@medusajs/workflow-id-matches-export-or-filename": "off",
    },
  },
  {
    // Of typescript-eslint's strict-type-checked those that can find a fault here. What the others complained of was looked
    // through: rows of `query.graph`, which are `any`; numbers in templates; voids that are returned.
    files: ["src/**/*.ts"],
    ignores: notOurs,
    languageOptions: { parser: tseslint.parser, parserOptions: { project: "./tsconfig.json" } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/restrict-plus-operands": "error",
      "@typescript-eslint/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/no-for-in-array": "error",
      "@typescript-eslint/no-array-delete": "error",
    },
  }
)
