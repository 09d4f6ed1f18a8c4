import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Scan } from "@medusajs/icons"
import { Container, Heading } from "@medusajs/ui"
import { NewSale } from "../../components/till/new-sale"
import { LastSales } from "../../components/till/last-sales"
import { SaleView } from "../../components/till/sale"
import { Problem } from "../../components/problem"
import { useAbilities } from "../../lib/abilities"
import { useOpenSale, useTills } from "../../lib/till"
import { useWords } from "../../lib/words"
import { SubtleText } from "../../components/text"

/** The till: an amount or an order, the shopper's code, a receipt; with one hand, on a phone. */
const TillPage = () => {
  const { t } = useWords()
  const { may } = useAbilities()
  const tills = useTills()
  const [saleId, show] = useOpenSale()
  return (
    <div className="mx-auto flex w-full max-w-[480px] flex-col gap-y-3">
      <Container className="divide-y p-0">
        <div className="px-6 py-4">
          <Heading level="h1">{t("till.title")}</Heading>
        </div>
        {may?.("gateway_payment:till") === false ? (
          <Said text={t("common.forbidden")} />
        ) : tills.isError ? (
          <Problem error={tills.error} retry={() => void tills.refetch()} />
        ) : !tills.data ? (
          <Said text={t("till.loading")} />
        ) : saleId !== null ? (
          <SaleView
            key={saleId}
            id={saleId}
            shopName={tills.data.shop_name}
            next={() => show(null)}
          />
        ) : tills.data.tills.length === 0 ? (
          <Said text={t("till.none")} />
        ) : (
          <NewSale tills={tills.data.tills} opened={show} />
        )}
      </Container>
      {saleId === null && tills.data && <LastSales show={show} />}
    </div>
  )
}

function Said({ text }: { text: string }) {
  return (
    <SubtleText className="px-6 py-4" role="status">
      {text}
    </SubtleText>
  )
}

export const config = defineRouteConfig({
  label: "till.title",
  icon: Scan,
  translationNs: "regionalPayments",
})

export default TillPage
