import js from "@eslint/js"
import tseslint from "typescript-eslint"

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      "**/.medusa/**",
      "**/.cache/**",
      "**/.data/**",
      "**/dist/**",
      "src/modules/*/migrations/**",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        URLSearchParams: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        setImmediate: "readonly",
        fetch: "readonly",
        AbortSignal: "readonly",
        AbortController: "readonly",
        performance: "readonly",
        structuredClone: "readonly",
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.cjs", "jest.config.js", "integration-tests/setup.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { module: "writable", require: "readonly", jest: "readonly", __dirname: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["demo/storefront/**"],
    languageOptions: {
      globals: {
        window: "readonly",
        document: "readonly",
        localStorage: "readonly",
        location: "readonly",
        history: "readonly",
      },
    },
  },
  {
    // Every word of the dashboard's pages stands in src/admin/i18n, of the storefront's parts in src/storefront/words.
    files: ["src/admin/**/*.tsx", "src/storefront/react/*.tsx"],
    languageOptions: {
      globals: { window: "readonly", document: "readonly", navigator: "readonly" },
    },
    rules: {
      "no-restricted-syntax": [
        "error",
        ...[
          "JSXText[value=/\\p{L}/u]",
          "JSXAttribute[name.name=/^(label|placeholder|title|alt|description|aria-label)$/] > Literal[value=/\\p{L}/u]",
        ].map((selector) => ({
          selector,
          message: "Words for people stand in src/admin/i18n and src/storefront/words.",
        })),
      ],
    },
  },
  {
    files: ["**/__tests__/**", "integration-tests/**", "src/testing/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  }
)
