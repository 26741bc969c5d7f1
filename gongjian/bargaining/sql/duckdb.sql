-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: agreements.sums.now
SELECT
  "t16"."day",
  "t16"."leaf_id",
  SUM("t16"."agreements.signed") AS "agreements.signed",
  SUM("t16"."agreements.signed.single") AS "agreements.signed.single",
  SUM("t16"."agreements.signed.regional") AS "agreements.signed.regional",
  SUM("t16"."agreements.signed.industry") AS "agreements.signed.industry",
  SUM("t16"."agreements.in_force") AS "agreements.in_force",
  SUM("t16"."agreements.in_force.single") AS "agreements.in_force.single",
  SUM("t16"."agreements.in_force.regional") AS "agreements.in_force.regional",
  SUM("t16"."agreements.in_force.industry") AS "agreements.in_force.industry"
FROM (
  SELECT
    "t15"."day",
    "t13"."leaf_id",
    "t15"."agreements.signed",
    "t15"."agreements.signed.single",
    "t15"."agreements.signed.regional",
    "t15"."agreements.signed.industry",
    "t15"."agreements.in_force",
    "t15"."agreements.in_force.single",
    "t15"."agreements.in_force.regional",
    "t15"."agreements.in_force.industry"
  FROM (
    SELECT
      "t11"."holder_id",
      "t11"."day",
      COUNT(*) FILTER(WHERE
        "t11"."opened" >= "t11"."year_from") AS "agreements.signed",
      COUNT(*) FILTER(WHERE
        (
          "t11"."opened" >= "t11"."year_from"
        ) AND (
          "t11"."kind" = '单独'
        )) AS "agreements.signed.single",
      COUNT(*) FILTER(WHERE
        (
          "t11"."opened" >= "t11"."year_from"
        ) AND (
          "t11"."kind" = '区域性'
        )) AS "agreements.signed.regional",
      COUNT(*) FILTER(WHERE
        (
          "t11"."opened" >= "t11"."year_from"
        ) AND (
          "t11"."kind" = '行业性'
        )) AS "agreements.signed.industry",
      COUNT(*) FILTER(WHERE
        "t11"."in_force" = 1) AS "agreements.in_force",
      COUNT(*) FILTER(WHERE
        (
          "t11"."in_force" = 1
        ) AND (
          "t11"."kind" = '单独'
        )) AS "agreements.in_force.single",
      COUNT(*) FILTER(WHERE
        (
          "t11"."in_force" = 1
        ) AND (
          "t11"."kind" = '区域性'
        )) AS "agreements.in_force.regional",
      COUNT(*) FILTER(WHERE
        (
          "t11"."in_force" = 1
        ) AND (
          "t11"."kind" = '行业性'
        )) AS "agreements.in_force.industry"
    FROM (
      SELECT
        "t9"."day",
        "t9"."year_from",
        "t9"."number",
        "t9"."kind",
        "t9"."opened",
        "t9"."entry_id" AS "entity_id",
        "t9"."union_id" AS "holder_id",
        CASE
          WHEN (
            "t9"."term_from" <= "t9"."day"
          )
          AND (
            "t9"."term_to" >= "t9"."day"
          )
          AND (
            (
              "t9"."effective_on" <= "t9"."day"
            )
            OR (
              (
                "t9"."effective_on" IS NULL
              )
              AND (
                (
                  "t9"."review" IS NULL
                ) OR (
                  "t9"."review" <> '有异议'
                )
              )
              AND (
                "t9"."received_on" <= "t9"."ago_15"
              )
            )
          )
          THEN 1
          ELSE 0
        END AS "in_force"
      FROM (
        SELECT
          "t3"."day",
          "t3"."year_from",
          "t3"."ago_15",
          "t6"."entry_id",
          "t6"."number",
          "t6"."kind",
          "t6"."union_id",
          "t6"."opened",
          "t6"."term_from",
          "t6"."term_to",
          "t6"."effective_on",
          "t6"."received_on",
          "t6"."review",
          "t6"."voided_on"
        FROM "days" AS "t3"
        INNER JOIN (
          SELECT
            *
          FROM "bargaining_agreementversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t6"
          ON "t6"."valid_from" <= "t3"."day"
          AND (
            (
              "t6"."valid_to" IS NULL
            ) OR (
              "t6"."valid_to" > "t3"."day"
            )
          )
      ) AS "t9"
      WHERE
        (
          "t9"."voided_on" IS NULL
        ) OR (
          "t9"."voided_on" > "t9"."day"
        )
    ) AS "t11"
    GROUP BY
      1,
      2
  ) AS "t15"
  INNER JOIN (
    SELECT
      "t10"."day",
      "t10"."entry_id" AS "holder_id",
      "t10"."at" AS "leaf_id"
    FROM (
      SELECT
        "t8"."day",
        "t8"."entry_id",
        "t8"."valid_from",
        "t8"."begun",
        "t8"."at",
        ROW_NUMBER() OVER (
          PARTITION BY "t8"."day", "t8"."entry_id"
          ORDER BY "t8"."begun" DESC, CASE WHEN "t8"."begun" = 1 THEN "t8"."valid_from" ELSE CAST(NULL AS DATE) END DESC, "t8"."valid_from" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t3"."day",
          "t7"."entry_id",
          "t7"."valid_from",
          CASE WHEN "t7"."valid_from" <= "t3"."day" THEN 1 ELSE 0 END AS "begun",
          "t7"."area_id" AS "at"
        FROM "days" AS "t3"
        INNER JOIN (
          SELECT
            *
          FROM "unions_unionversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t7"
          ON "t7"."added_in" >= 0
      ) AS "t8"
    ) AS "t10"
    WHERE
      "t10"."rank" = 0
  ) AS "t13"
    ON "t15"."day" = "t13"."day" AND "t15"."holder_id" = "t13"."holder_id"
) AS "t16"
GROUP BY
  1,
  2

-- name: agreements.sums.known
SELECT
  "t14"."day",
  "t14"."leaf_id",
  SUM("t14"."agreements.signed") AS "agreements.signed",
  SUM("t14"."agreements.signed.single") AS "agreements.signed.single",
  SUM("t14"."agreements.signed.regional") AS "agreements.signed.regional",
  SUM("t14"."agreements.signed.industry") AS "agreements.signed.industry",
  SUM("t14"."agreements.in_force") AS "agreements.in_force",
  SUM("t14"."agreements.in_force.single") AS "agreements.in_force.single",
  SUM("t14"."agreements.in_force.regional") AS "agreements.in_force.regional",
  SUM("t14"."agreements.in_force.industry") AS "agreements.in_force.industry"
FROM (
  SELECT
    "t13"."day",
    "t11"."leaf_id",
    "t13"."agreements.signed",
    "t13"."agreements.signed.single",
    "t13"."agreements.signed.regional",
    "t13"."agreements.signed.industry",
    "t13"."agreements.in_force",
    "t13"."agreements.in_force.single",
    "t13"."agreements.in_force.regional",
    "t13"."agreements.in_force.industry"
  FROM (
    SELECT
      "t9"."holder_id",
      "t9"."day",
      COUNT(*) FILTER(WHERE
        "t9"."opened" >= "t9"."year_from") AS "agreements.signed",
      COUNT(*) FILTER(WHERE
        (
          "t9"."opened" >= "t9"."year_from"
        ) AND (
          "t9"."kind" = '单独'
        )) AS "agreements.signed.single",
      COUNT(*) FILTER(WHERE
        (
          "t9"."opened" >= "t9"."year_from"
        ) AND (
          "t9"."kind" = '区域性'
        )) AS "agreements.signed.regional",
      COUNT(*) FILTER(WHERE
        (
          "t9"."opened" >= "t9"."year_from"
        ) AND (
          "t9"."kind" = '行业性'
        )) AS "agreements.signed.industry",
      COUNT(*) FILTER(WHERE
        "t9"."in_force" = 1) AS "agreements.in_force",
      COUNT(*) FILTER(WHERE
        (
          "t9"."in_force" = 1
        ) AND (
          "t9"."kind" = '单独'
        )) AS "agreements.in_force.single",
      COUNT(*) FILTER(WHERE
        (
          "t9"."in_force" = 1
        ) AND (
          "t9"."kind" = '区域性'
        )) AS "agreements.in_force.regional",
      COUNT(*) FILTER(WHERE
        (
          "t9"."in_force" = 1
        ) AND (
          "t9"."kind" = '行业性'
        )) AS "agreements.in_force.industry"
    FROM (
      SELECT
        "t6"."day",
        "t6"."year_from",
        "t6"."number",
        "t6"."kind",
        "t6"."opened",
        "t6"."entry_id" AS "entity_id",
        "t6"."union_id" AS "holder_id",
        CASE
          WHEN (
            "t6"."term_from" <= "t6"."day"
          )
          AND (
            "t6"."term_to" >= "t6"."day"
          )
          AND (
            (
              "t6"."effective_on" <= "t6"."day"
            )
            OR (
              (
                "t6"."effective_on" IS NULL
              )
              AND (
                (
                  "t6"."review" IS NULL
                ) OR (
                  "t6"."review" <> '有异议'
                )
              )
              AND (
                "t6"."received_on" <= "t6"."ago_15"
              )
            )
          )
          THEN 1
          ELSE 0
        END AS "in_force"
      FROM (
        SELECT
          "t3"."day",
          "t3"."year_from",
          "t3"."ago_15",
          "t4"."entry_id",
          "t4"."number",
          "t4"."kind",
          "t4"."union_id",
          "t4"."opened",
          "t4"."term_from",
          "t4"."term_to",
          "t4"."effective_on",
          "t4"."received_on",
          "t4"."review",
          "t4"."voided_on"
        FROM "days" AS "t3"
        INNER JOIN "bargaining_agreementversion" AS "t4"
          ON "t4"."valid_from" <= "t3"."day"
          AND (
            (
              "t4"."valid_to" IS NULL
            ) OR (
              "t4"."valid_to" > "t3"."day"
            )
          )
          AND "t4"."added_in" <= "t3"."known"
          AND (
            (
              "t4"."removed_in" IS NULL
            ) OR (
              "t4"."removed_in" > "t3"."known"
            )
          )
      ) AS "t6"
      WHERE
        (
          "t6"."voided_on" IS NULL
        ) OR (
          "t6"."voided_on" > "t6"."day"
        )
    ) AS "t9"
    GROUP BY
      1,
      2
  ) AS "t13"
  INNER JOIN (
    SELECT
      "t8"."day",
      "t8"."entry_id" AS "holder_id",
      "t8"."at" AS "leaf_id"
    FROM (
      SELECT
        "t7"."day",
        "t7"."entry_id",
        "t7"."valid_from",
        "t7"."begun",
        "t7"."at",
        ROW_NUMBER() OVER (
          PARTITION BY "t7"."day", "t7"."entry_id"
          ORDER BY "t7"."begun" DESC, CASE WHEN "t7"."begun" = 1 THEN "t7"."valid_from" ELSE CAST(NULL AS DATE) END DESC, "t7"."valid_from" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t3"."day",
          "t5"."entry_id",
          "t5"."valid_from",
          CASE WHEN "t5"."valid_from" <= "t3"."day" THEN 1 ELSE 0 END AS "begun",
          "t5"."area_id" AS "at"
        FROM "days" AS "t3"
        INNER JOIN "unions_unionversion" AS "t5"
          ON "t5"."added_in" <= "t3"."known"
          AND (
            (
              "t5"."removed_in" IS NULL
            ) OR (
              "t5"."removed_in" > "t3"."known"
            )
          )
      ) AS "t7"
    ) AS "t8"
    WHERE
      "t8"."rank" = 0
  ) AS "t11"
    ON "t13"."day" = "t11"."day" AND "t13"."holder_id" = "t11"."holder_id"
) AS "t14"
GROUP BY
  1,
  2

-- name: agreed.sums.now
SELECT
  "t21"."leaf_id",
  "t21"."day",
  COUNT(*) AS "agreements.employers",
  COUNT(*) FILTER(WHERE
    "t21"."most_0" IS NOT NULL) AS "agreements.employers.single",
  COUNT(*) FILTER(WHERE
    "t21"."most_1" IS NOT NULL) AS "agreements.employers.regional",
  COUNT(*) FILTER(WHERE
    "t21"."most_2" IS NOT NULL) AS "agreements.employers.industry",
  COUNT(*) FILTER(WHERE
    "t21"."kinds" >= 2) AS "agreements.employers.overlap",
  SUM(CAST("t21"."most" AS BIGINT)) AS "agreements.workers",
  SUM(CAST("t21"."most_0" AS BIGINT)) FILTER(WHERE
    "t21"."most_0" IS NOT NULL) AS "agreements.workers.single",
  SUM(CAST("t21"."most_1" AS BIGINT)) FILTER(WHERE
    "t21"."most_1" IS NOT NULL) AS "agreements.workers.regional",
  SUM(CAST("t21"."most_2" AS BIGINT)) FILTER(WHERE
    "t21"."most_2" IS NOT NULL) AS "agreements.workers.industry",
  SUM("t21"."repeated") FILTER(WHERE
    "t21"."kinds" >= 2) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t14"."day",
    "t14"."code",
    "t14"."name",
    "t14"."nature",
    "t14"."entity_id",
    "t14"."leaf_id",
    "t20"."most_0",
    "t20"."most_1",
    "t20"."most_2",
    CASE
      WHEN CASE
        WHEN COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0)
        THEN COALESCE("t20"."most_0", 0)
        ELSE COALESCE("t20"."most_1", 0)
      END >= COALESCE("t20"."most_2", 0)
      THEN CASE
        WHEN COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0)
        THEN COALESCE("t20"."most_0", 0)
        ELSE COALESCE("t20"."most_1", 0)
      END
      ELSE COALESCE("t20"."most_2", 0)
    END AS "most",
    (
      COALESCE("t20"."most_0", 0) + COALESCE("t20"."most_1", 0) + COALESCE("t20"."most_2", 0)
    ) - CASE
      WHEN CASE
        WHEN COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0)
        THEN COALESCE("t20"."most_0", 0)
        ELSE COALESCE("t20"."most_1", 0)
      END >= COALESCE("t20"."most_2", 0)
      THEN CASE
        WHEN COALESCE("t20"."most_0", 0) >= COALESCE("t20"."most_1", 0)
        THEN COALESCE("t20"."most_0", 0)
        ELSE COALESCE("t20"."most_1", 0)
      END
      ELSE COALESCE("t20"."most_2", 0)
    END AS "repeated",
    CASE WHEN "t20"."most_0" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t20"."most_1" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t20"."most_2" IS NOT NULL THEN 1 ELSE 0 END AS "kinds"
  FROM (
    SELECT
      "t11"."day",
      "t11"."code",
      "t11"."name",
      "t11"."nature",
      "t11"."staff",
      "t11"."entry_id" AS "entity_id",
      "t11"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t8"."entry_id",
        "t8"."code",
        "t8"."name",
        "t8"."area_id",
        "t8"."nature",
        "t8"."staff",
        "t8"."status"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t8"
        ON "t8"."valid_from" <= "t4"."day"
        AND (
          (
            "t8"."valid_to" IS NULL
          ) OR (
            "t8"."valid_to" > "t4"."day"
          )
        )
    ) AS "t11"
    WHERE
      "t11"."status" = '在业'
  ) AS "t14"
  INNER JOIN (
    SELECT
      "t18"."day",
      "t18"."employer_id",
      MAX("t18"."most_0") AS "most_0",
      MAX("t18"."most_1") AS "most_1",
      MAX("t18"."most_2") AS "most_2"
    FROM (
      SELECT
        "t4"."day",
        "t9"."employer_id",
        CASE WHEN "t17"."kind" = '单独' THEN "t9"."staff" ELSE NULL END AS "most_0",
        CASE WHEN "t17"."kind" = '区域性' THEN "t9"."staff" ELSE NULL END AS "most_1",
        CASE WHEN "t17"."kind" = '行业性' THEN "t9"."staff" ELSE NULL END AS "most_2"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "bargaining_agreementcoverageversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t9"
        ON "t9"."valid_from" <= "t4"."day"
        AND (
          (
            "t9"."valid_to" IS NULL
          ) OR (
            "t9"."valid_to" > "t4"."day"
          )
        )
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t12"."day",
            "t12"."year_from",
            "t12"."number",
            "t12"."kind",
            "t12"."opened",
            "t12"."entry_id" AS "entity_id",
            "t12"."union_id" AS "holder_id",
            CASE
              WHEN (
                "t12"."term_from" <= "t12"."day"
              )
              AND (
                "t12"."term_to" >= "t12"."day"
              )
              AND (
                (
                  "t12"."effective_on" <= "t12"."day"
                )
                OR (
                  (
                    "t12"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t12"."review" IS NULL
                    ) OR (
                      "t12"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t12"."received_on" <= "t12"."ago_15"
                  )
                )
              )
              THEN 1
              ELSE 0
            END AS "in_force"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t10"."entry_id",
              "t10"."number",
              "t10"."kind",
              "t10"."union_id",
              "t10"."opened",
              "t10"."term_from",
              "t10"."term_to",
              "t10"."effective_on",
              "t10"."received_on",
              "t10"."review",
              "t10"."voided_on"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "bargaining_agreementversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t10"
              ON "t10"."valid_from" <= "t4"."day"
              AND (
                (
                  "t10"."valid_to" IS NULL
                ) OR (
                  "t10"."valid_to" > "t4"."day"
                )
              )
          ) AS "t12"
          WHERE
            (
              "t12"."voided_on" IS NULL
            ) OR (
              "t12"."voided_on" > "t12"."day"
            )
        ) AS "t15"
        WHERE
          "t15"."in_force" = 1
      ) AS "t17"
        ON "t4"."day" = "t17"."day" AND "t9"."agreement_id" = "t17"."entity_id"
    ) AS "t18"
    GROUP BY
      1,
      2
  ) AS "t20"
    ON "t14"."day" = "t20"."day" AND "t14"."entity_id" = "t20"."employer_id"
) AS "t21"
GROUP BY
  1,
  2

-- name: agreed.sums.known
SELECT
  "t18"."leaf_id",
  "t18"."day",
  COUNT(*) AS "agreements.employers",
  COUNT(*) FILTER(WHERE
    "t18"."most_0" IS NOT NULL) AS "agreements.employers.single",
  COUNT(*) FILTER(WHERE
    "t18"."most_1" IS NOT NULL) AS "agreements.employers.regional",
  COUNT(*) FILTER(WHERE
    "t18"."most_2" IS NOT NULL) AS "agreements.employers.industry",
  COUNT(*) FILTER(WHERE
    "t18"."kinds" >= 2) AS "agreements.employers.overlap",
  SUM(CAST("t18"."most" AS BIGINT)) AS "agreements.workers",
  SUM(CAST("t18"."most_0" AS BIGINT)) FILTER(WHERE
    "t18"."most_0" IS NOT NULL) AS "agreements.workers.single",
  SUM(CAST("t18"."most_1" AS BIGINT)) FILTER(WHERE
    "t18"."most_1" IS NOT NULL) AS "agreements.workers.regional",
  SUM(CAST("t18"."most_2" AS BIGINT)) FILTER(WHERE
    "t18"."most_2" IS NOT NULL) AS "agreements.workers.industry",
  SUM("t18"."repeated") FILTER(WHERE
    "t18"."kinds" >= 2) AS "agreements.workers.overlap"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."nature",
    "t11"."entity_id",
    "t11"."leaf_id",
    "t17"."most_0",
    "t17"."most_1",
    "t17"."most_2",
    CASE
      WHEN CASE
        WHEN COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0)
        THEN COALESCE("t17"."most_0", 0)
        ELSE COALESCE("t17"."most_1", 0)
      END >= COALESCE("t17"."most_2", 0)
      THEN CASE
        WHEN COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0)
        THEN COALESCE("t17"."most_0", 0)
        ELSE COALESCE("t17"."most_1", 0)
      END
      ELSE COALESCE("t17"."most_2", 0)
    END AS "most",
    (
      COALESCE("t17"."most_0", 0) + COALESCE("t17"."most_1", 0) + COALESCE("t17"."most_2", 0)
    ) - CASE
      WHEN CASE
        WHEN COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0)
        THEN COALESCE("t17"."most_0", 0)
        ELSE COALESCE("t17"."most_1", 0)
      END >= COALESCE("t17"."most_2", 0)
      THEN CASE
        WHEN COALESCE("t17"."most_0", 0) >= COALESCE("t17"."most_1", 0)
        THEN COALESCE("t17"."most_0", 0)
        ELSE COALESCE("t17"."most_1", 0)
      END
      ELSE COALESCE("t17"."most_2", 0)
    END AS "repeated",
    CASE WHEN "t17"."most_0" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t17"."most_1" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t17"."most_2" IS NOT NULL THEN 1 ELSE 0 END AS "kinds"
  FROM (
    SELECT
      "t8"."day",
      "t8"."code",
      "t8"."name",
      "t8"."nature",
      "t8"."staff",
      "t8"."entry_id" AS "entity_id",
      "t8"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t4"."ago_15",
        "t5"."entry_id",
        "t5"."code",
        "t5"."name",
        "t5"."area_id",
        "t5"."nature",
        "t5"."staff",
        "t5"."status"
      FROM "days" AS "t4"
      INNER JOIN "employers_employerversion" AS "t5"
        ON "t5"."valid_from" <= "t4"."day"
        AND (
          (
            "t5"."valid_to" IS NULL
          ) OR (
            "t5"."valid_to" > "t4"."day"
          )
        )
        AND "t5"."added_in" <= "t4"."known"
        AND (
          (
            "t5"."removed_in" IS NULL
          ) OR (
            "t5"."removed_in" > "t4"."known"
          )
        )
    ) AS "t8"
    WHERE
      "t8"."status" = '在业'
  ) AS "t11"
  INNER JOIN (
    SELECT
      "t15"."day",
      "t15"."employer_id",
      MAX("t15"."most_0") AS "most_0",
      MAX("t15"."most_1") AS "most_1",
      MAX("t15"."most_2") AS "most_2"
    FROM (
      SELECT
        "t4"."day",
        "t6"."employer_id",
        CASE WHEN "t14"."kind" = '单独' THEN "t6"."staff" ELSE NULL END AS "most_0",
        CASE WHEN "t14"."kind" = '区域性' THEN "t6"."staff" ELSE NULL END AS "most_1",
        CASE WHEN "t14"."kind" = '行业性' THEN "t6"."staff" ELSE NULL END AS "most_2"
      FROM "days" AS "t4"
      INNER JOIN "bargaining_agreementcoverageversion" AS "t6"
        ON "t6"."valid_from" <= "t4"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t4"."day"
          )
        )
        AND "t6"."added_in" <= "t4"."known"
        AND (
          (
            "t6"."removed_in" IS NULL
          ) OR (
            "t6"."removed_in" > "t4"."known"
          )
        )
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            "t9"."day",
            "t9"."year_from",
            "t9"."number",
            "t9"."kind",
            "t9"."opened",
            "t9"."entry_id" AS "entity_id",
            "t9"."union_id" AS "holder_id",
            CASE
              WHEN (
                "t9"."term_from" <= "t9"."day"
              )
              AND (
                "t9"."term_to" >= "t9"."day"
              )
              AND (
                (
                  "t9"."effective_on" <= "t9"."day"
                )
                OR (
                  (
                    "t9"."effective_on" IS NULL
                  )
                  AND (
                    (
                      "t9"."review" IS NULL
                    ) OR (
                      "t9"."review" <> '有异议'
                    )
                  )
                  AND (
                    "t9"."received_on" <= "t9"."ago_15"
                  )
                )
              )
              THEN 1
              ELSE 0
            END AS "in_force"
          FROM (
            SELECT
              "t4"."day",
              "t4"."year_from",
              "t4"."ago_15",
              "t7"."entry_id",
              "t7"."number",
              "t7"."kind",
              "t7"."union_id",
              "t7"."opened",
              "t7"."term_from",
              "t7"."term_to",
              "t7"."effective_on",
              "t7"."received_on",
              "t7"."review",
              "t7"."voided_on"
            FROM "days" AS "t4"
            INNER JOIN "bargaining_agreementversion" AS "t7"
              ON "t7"."valid_from" <= "t4"."day"
              AND (
                (
                  "t7"."valid_to" IS NULL
                ) OR (
                  "t7"."valid_to" > "t4"."day"
                )
              )
              AND "t7"."added_in" <= "t4"."known"
              AND (
                (
                  "t7"."removed_in" IS NULL
                ) OR (
                  "t7"."removed_in" > "t4"."known"
                )
              )
          ) AS "t9"
          WHERE
            (
              "t9"."voided_on" IS NULL
            ) OR (
              "t9"."voided_on" > "t9"."day"
            )
        ) AS "t12"
        WHERE
          "t12"."in_force" = 1
      ) AS "t14"
        ON "t4"."day" = "t14"."day" AND "t6"."agreement_id" = "t14"."entity_id"
    ) AS "t15"
    GROUP BY
      1,
      2
  ) AS "t17"
    ON "t11"."day" = "t17"."day" AND "t11"."entity_id" = "t17"."employer_id"
) AS "t18"
GROUP BY
  1,
  2

-- name: signing.sums.now
SELECT
  "t34"."leaf_id",
  "t34"."day",
  COUNT(*) AS "signing.enterprises"
FROM (
  SELECT
    "t33"."day",
    "t33"."code",
    "t33"."name",
    "t33"."nature",
    "t33"."entity_id",
    "t33"."leaf_id",
    "t33"."most_0",
    "t33"."most_1",
    "t33"."most_2",
    "t33"."most",
    "t33"."repeated",
    "t33"."kinds"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t22"."day",
        "t22"."code",
        "t22"."name",
        "t22"."nature",
        "t22"."entity_id",
        "t22"."leaf_id",
        "t30"."most_0",
        "t30"."most_1",
        "t30"."most_2",
        CASE
          WHEN CASE
            WHEN COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0)
            THEN COALESCE("t30"."most_0", 0)
            ELSE COALESCE("t30"."most_1", 0)
          END >= COALESCE("t30"."most_2", 0)
          THEN CASE
            WHEN COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0)
            THEN COALESCE("t30"."most_0", 0)
            ELSE COALESCE("t30"."most_1", 0)
          END
          ELSE COALESCE("t30"."most_2", 0)
        END AS "most",
        (
          COALESCE("t30"."most_0", 0) + COALESCE("t30"."most_1", 0) + COALESCE("t30"."most_2", 0)
        ) - CASE
          WHEN CASE
            WHEN COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0)
            THEN COALESCE("t30"."most_0", 0)
            ELSE COALESCE("t30"."most_1", 0)
          END >= COALESCE("t30"."most_2", 0)
          THEN CASE
            WHEN COALESCE("t30"."most_0", 0) >= COALESCE("t30"."most_1", 0)
            THEN COALESCE("t30"."most_0", 0)
            ELSE COALESCE("t30"."most_1", 0)
          END
          ELSE COALESCE("t30"."most_2", 0)
        END AS "repeated",
        CASE WHEN "t30"."most_0" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t30"."most_1" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t30"."most_2" IS NOT NULL THEN 1 ELSE 0 END AS "kinds"
      FROM (
        SELECT
          "t17"."day",
          "t17"."code",
          "t17"."name",
          "t17"."nature",
          "t17"."staff",
          "t17"."entry_id" AS "entity_id",
          "t17"."area_id" AS "leaf_id"
        FROM (
          SELECT
            "t6"."day",
            "t6"."year_from",
            "t6"."ago_15",
            "t13"."entry_id",
            "t13"."code",
            "t13"."name",
            "t13"."area_id",
            "t13"."nature",
            "t13"."staff",
            "t13"."status"
          FROM "days" AS "t6"
          INNER JOIN (
            SELECT
              *
            FROM "employers_employerversion" AS "t2"
            WHERE
              "t2"."removed_in" IS NULL
          ) AS "t13"
            ON "t13"."valid_from" <= "t6"."day"
            AND (
              (
                "t13"."valid_to" IS NULL
              ) OR (
                "t13"."valid_to" > "t6"."day"
              )
            )
        ) AS "t17"
        WHERE
          "t17"."status" = '在业'
      ) AS "t22"
      INNER JOIN (
        SELECT
          "t28"."day",
          "t28"."employer_id",
          MAX("t28"."most_0") AS "most_0",
          MAX("t28"."most_1") AS "most_1",
          MAX("t28"."most_2") AS "most_2"
        FROM (
          SELECT
            "t6"."day",
            "t15"."employer_id",
            CASE WHEN "t27"."kind" = '单独' THEN "t15"."staff" ELSE NULL END AS "most_0",
            CASE WHEN "t27"."kind" = '区域性' THEN "t15"."staff" ELSE NULL END AS "most_1",
            CASE WHEN "t27"."kind" = '行业性' THEN "t15"."staff" ELSE NULL END AS "most_2"
          FROM "days" AS "t6"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementcoverageversion" AS "t4"
            WHERE
              "t4"."removed_in" IS NULL
          ) AS "t15"
            ON "t15"."valid_from" <= "t6"."day"
            AND (
              (
                "t15"."valid_to" IS NULL
              ) OR (
                "t15"."valid_to" > "t6"."day"
              )
            )
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t19"."day",
                "t19"."year_from",
                "t19"."number",
                "t19"."kind",
                "t19"."opened",
                "t19"."entry_id" AS "entity_id",
                "t19"."union_id" AS "holder_id",
                CASE
                  WHEN (
                    "t19"."term_from" <= "t19"."day"
                  )
                  AND (
                    "t19"."term_to" >= "t19"."day"
                  )
                  AND (
                    (
                      "t19"."effective_on" <= "t19"."day"
                    )
                    OR (
                      (
                        "t19"."effective_on" IS NULL
                      )
                      AND (
                        (
                          "t19"."review" IS NULL
                        ) OR (
                          "t19"."review" <> '有异议'
                        )
                      )
                      AND (
                        "t19"."received_on" <= "t19"."ago_15"
                      )
                    )
                  )
                  THEN 1
                  ELSE 0
                END AS "in_force"
              FROM (
                SELECT
                  "t6"."day",
                  "t6"."year_from",
                  "t6"."ago_15",
                  "t16"."entry_id",
                  "t16"."number",
                  "t16"."kind",
                  "t16"."union_id",
                  "t16"."opened",
                  "t16"."term_from",
                  "t16"."term_to",
                  "t16"."effective_on",
                  "t16"."received_on",
                  "t16"."review",
                  "t16"."voided_on"
                FROM "days" AS "t6"
                INNER JOIN (
                  SELECT
                    *
                  FROM "bargaining_agreementversion" AS "t5"
                  WHERE
                    "t5"."removed_in" IS NULL
                ) AS "t16"
                  ON "t16"."valid_from" <= "t6"."day"
                  AND (
                    (
                      "t16"."valid_to" IS NULL
                    ) OR (
                      "t16"."valid_to" > "t6"."day"
                    )
                  )
              ) AS "t19"
              WHERE
                (
                  "t19"."voided_on" IS NULL
                ) OR (
                  "t19"."voided_on" > "t19"."day"
                )
            ) AS "t25"
            WHERE
              "t25"."in_force" = 1
          ) AS "t27"
            ON "t6"."day" = "t27"."day" AND "t15"."agreement_id" = "t27"."entity_id"
        ) AS "t28"
        GROUP BY
          1,
          2
      ) AS "t30"
        ON "t22"."day" = "t30"."day" AND "t22"."entity_id" = "t30"."employer_id"
    ) AS "t31"
    WHERE
      "t31"."nature" = '企业'
  ) AS "t33"
  SEMI JOIN (
    SELECT
      "t6"."day",
      "t6"."year_from",
      "t6"."ago_15",
      "t12"."entry_id",
      "t12"."union_id",
      "t12"."employer_id",
      "t12"."mode"
    FROM "days" AS "t6"
    INNER JOIN (
      SELECT
        *
      FROM "unions_coverageversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t12"
      ON "t12"."valid_from" <= "t6"."day"
      AND (
        (
          "t12"."valid_to" IS NULL
        ) OR (
          "t12"."valid_to" > "t6"."day"
        )
      )
    SEMI JOIN (
      SELECT
        "t6"."day",
        "t6"."year_from",
        "t6"."ago_15",
        "t14"."entry_id"
      FROM "days" AS "t6"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t3"
        WHERE
          "t3"."removed_in" IS NULL
      ) AS "t14"
        ON "t14"."valid_from" <= "t6"."day"
        AND (
          (
            "t14"."valid_to" IS NULL
          ) OR (
            "t14"."valid_to" > "t6"."day"
          )
        )
    ) AS "t20"
      ON "t6"."day" = "t20"."day" AND "t12"."union_id" = "t20"."entry_id"
  ) AS "t24"
    ON "t33"."day" = "t24"."day" AND "t33"."entity_id" = "t24"."employer_id"
) AS "t34"
GROUP BY
  1,
  2

-- name: signing.sums.known
SELECT
  "t29"."leaf_id",
  "t29"."day",
  COUNT(*) AS "signing.enterprises"
FROM (
  SELECT
    "t28"."day",
    "t28"."code",
    "t28"."name",
    "t28"."nature",
    "t28"."entity_id",
    "t28"."leaf_id",
    "t28"."most_0",
    "t28"."most_1",
    "t28"."most_2",
    "t28"."most",
    "t28"."repeated",
    "t28"."kinds"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t17"."day",
        "t17"."code",
        "t17"."name",
        "t17"."nature",
        "t17"."entity_id",
        "t17"."leaf_id",
        "t25"."most_0",
        "t25"."most_1",
        "t25"."most_2",
        CASE
          WHEN CASE
            WHEN COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0)
            THEN COALESCE("t25"."most_0", 0)
            ELSE COALESCE("t25"."most_1", 0)
          END >= COALESCE("t25"."most_2", 0)
          THEN CASE
            WHEN COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0)
            THEN COALESCE("t25"."most_0", 0)
            ELSE COALESCE("t25"."most_1", 0)
          END
          ELSE COALESCE("t25"."most_2", 0)
        END AS "most",
        (
          COALESCE("t25"."most_0", 0) + COALESCE("t25"."most_1", 0) + COALESCE("t25"."most_2", 0)
        ) - CASE
          WHEN CASE
            WHEN COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0)
            THEN COALESCE("t25"."most_0", 0)
            ELSE COALESCE("t25"."most_1", 0)
          END >= COALESCE("t25"."most_2", 0)
          THEN CASE
            WHEN COALESCE("t25"."most_0", 0) >= COALESCE("t25"."most_1", 0)
            THEN COALESCE("t25"."most_0", 0)
            ELSE COALESCE("t25"."most_1", 0)
          END
          ELSE COALESCE("t25"."most_2", 0)
        END AS "repeated",
        CASE WHEN "t25"."most_0" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t25"."most_1" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "t25"."most_2" IS NOT NULL THEN 1 ELSE 0 END AS "kinds"
      FROM (
        SELECT
          "t12"."day",
          "t12"."code",
          "t12"."name",
          "t12"."nature",
          "t12"."staff",
          "t12"."entry_id" AS "entity_id",
          "t12"."area_id" AS "leaf_id"
        FROM (
          SELECT
            "t6"."day",
            "t6"."year_from",
            "t6"."ago_15",
            "t8"."entry_id",
            "t8"."code",
            "t8"."name",
            "t8"."area_id",
            "t8"."nature",
            "t8"."staff",
            "t8"."status"
          FROM "days" AS "t6"
          INNER JOIN "employers_employerversion" AS "t8"
            ON "t8"."valid_from" <= "t6"."day"
            AND (
              (
                "t8"."valid_to" IS NULL
              ) OR (
                "t8"."valid_to" > "t6"."day"
              )
            )
            AND "t8"."added_in" <= "t6"."known"
            AND (
              (
                "t8"."removed_in" IS NULL
              ) OR (
                "t8"."removed_in" > "t6"."known"
              )
            )
        ) AS "t12"
        WHERE
          "t12"."status" = '在业'
      ) AS "t17"
      INNER JOIN (
        SELECT
          "t23"."day",
          "t23"."employer_id",
          MAX("t23"."most_0") AS "most_0",
          MAX("t23"."most_1") AS "most_1",
          MAX("t23"."most_2") AS "most_2"
        FROM (
          SELECT
            "t6"."day",
            "t10"."employer_id",
            CASE WHEN "t22"."kind" = '单独' THEN "t10"."staff" ELSE NULL END AS "most_0",
            CASE WHEN "t22"."kind" = '区域性' THEN "t10"."staff" ELSE NULL END AS "most_1",
            CASE WHEN "t22"."kind" = '行业性' THEN "t10"."staff" ELSE NULL END AS "most_2"
          FROM "days" AS "t6"
          INNER JOIN "bargaining_agreementcoverageversion" AS "t10"
            ON "t10"."valid_from" <= "t6"."day"
            AND (
              (
                "t10"."valid_to" IS NULL
              ) OR (
                "t10"."valid_to" > "t6"."day"
              )
            )
            AND "t10"."added_in" <= "t6"."known"
            AND (
              (
                "t10"."removed_in" IS NULL
              ) OR (
                "t10"."removed_in" > "t6"."known"
              )
            )
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t14"."day",
                "t14"."year_from",
                "t14"."number",
                "t14"."kind",
                "t14"."opened",
                "t14"."entry_id" AS "entity_id",
                "t14"."union_id" AS "holder_id",
                CASE
                  WHEN (
                    "t14"."term_from" <= "t14"."day"
                  )
                  AND (
                    "t14"."term_to" >= "t14"."day"
                  )
                  AND (
                    (
                      "t14"."effective_on" <= "t14"."day"
                    )
                    OR (
                      (
                        "t14"."effective_on" IS NULL
                      )
                      AND (
                        (
                          "t14"."review" IS NULL
                        ) OR (
                          "t14"."review" <> '有异议'
                        )
                      )
                      AND (
                        "t14"."received_on" <= "t14"."ago_15"
                      )
                    )
                  )
                  THEN 1
                  ELSE 0
                END AS "in_force"
              FROM (
                SELECT
                  "t6"."day",
                  "t6"."year_from",
                  "t6"."ago_15",
                  "t11"."entry_id",
                  "t11"."number",
                  "t11"."kind",
                  "t11"."union_id",
                  "t11"."opened",
                  "t11"."term_from",
                  "t11"."term_to",
                  "t11"."effective_on",
                  "t11"."received_on",
                  "t11"."review",
                  "t11"."voided_on"
                FROM "days" AS "t6"
                INNER JOIN "bargaining_agreementversion" AS "t11"
                  ON "t11"."valid_from" <= "t6"."day"
                  AND (
                    (
                      "t11"."valid_to" IS NULL
                    ) OR (
                      "t11"."valid_to" > "t6"."day"
                    )
                  )
                  AND "t11"."added_in" <= "t6"."known"
                  AND (
                    (
                      "t11"."removed_in" IS NULL
                    ) OR (
                      "t11"."removed_in" > "t6"."known"
                    )
                  )
              ) AS "t14"
              WHERE
                (
                  "t14"."voided_on" IS NULL
                ) OR (
                  "t14"."voided_on" > "t14"."day"
                )
            ) AS "t20"
            WHERE
              "t20"."in_force" = 1
          ) AS "t22"
            ON "t6"."day" = "t22"."day" AND "t10"."agreement_id" = "t22"."entity_id"
        ) AS "t23"
        GROUP BY
          1,
          2
      ) AS "t25"
        ON "t17"."day" = "t25"."day" AND "t17"."entity_id" = "t25"."employer_id"
    ) AS "t26"
    WHERE
      "t26"."nature" = '企业'
  ) AS "t28"
  SEMI JOIN (
    SELECT
      "t6"."day",
      "t6"."year_from",
      "t6"."ago_15",
      "t7"."entry_id",
      "t7"."union_id",
      "t7"."employer_id",
      "t7"."mode"
    FROM "days" AS "t6"
    INNER JOIN "unions_coverageversion" AS "t7"
      ON "t7"."valid_from" <= "t6"."day"
      AND (
        (
          "t7"."valid_to" IS NULL
        ) OR (
          "t7"."valid_to" > "t6"."day"
        )
      )
      AND "t7"."added_in" <= "t6"."known"
      AND (
        (
          "t7"."removed_in" IS NULL
        ) OR (
          "t7"."removed_in" > "t6"."known"
        )
      )
    SEMI JOIN (
      SELECT
        "t6"."day",
        "t6"."year_from",
        "t6"."ago_15",
        "t9"."entry_id"
      FROM "days" AS "t6"
      INNER JOIN "unions_unionversion" AS "t9"
        ON "t9"."valid_from" <= "t6"."day"
        AND (
          (
            "t9"."valid_to" IS NULL
          ) OR (
            "t9"."valid_to" > "t6"."day"
          )
        )
        AND "t9"."added_in" <= "t6"."known"
        AND (
          (
            "t9"."removed_in" IS NULL
          ) OR (
            "t9"."removed_in" > "t6"."known"
          )
        )
    ) AS "t15"
      ON "t6"."day" = "t15"."day" AND "t7"."union_id" = "t15"."entry_id"
  ) AS "t19"
    ON "t28"."day" = "t19"."day" AND "t28"."entity_id" = "t19"."employer_id"
) AS "t29"
GROUP BY
  1,
  2

-- name: renewing.sums.now
SELECT
  "t16"."leaf_id",
  "t16"."day",
  COUNT(*) FILTER(WHERE
    "t16"."until" < "t16"."day") AS "unions.lapsed",
  COUNT(*) FILTER(WHERE
    (
      "t16"."until" >= "t16"."day"
    )
    AND (
      (
        (
          (
            (
              EXTRACT(year FROM "t16"."until") * 12
            ) + EXTRACT(month FROM "t16"."until") + 0
          ) * 100
        ) + EXTRACT(day FROM "t16"."until")
      ) <= (
        (
          (
            (
              EXTRACT(year FROM "t16"."day") * 12
            ) + EXTRACT(month FROM "t16"."day") + 3
          ) * 100
        ) + EXTRACT(day FROM "t16"."day")
      )
    )) AS "unions.expiring"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."entity_id",
    "t11"."leaf_id",
    "t15"."until"
  FROM (
    SELECT
      "t8"."day",
      "t8"."year_from",
      "t8"."ago_15",
      "t8"."entry_id" AS "entity_id",
      "t8"."code",
      "t8"."name",
      "t8"."kind",
      "t8"."area_id" AS "leaf_id",
      "t8"."opened",
      "t8"."elected_on",
      "t8"."term_years"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t6"."entry_id",
        "t6"."code",
        "t6"."name",
        "t6"."kind",
        "t6"."area_id",
        "t6"."opened",
        "t6"."elected_on",
        "t6"."term_years"
      FROM "days" AS "t3"
      INNER JOIN (
        SELECT
          *
        FROM "unions_unionversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t6"
        ON "t6"."valid_from" <= "t3"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t3"."day"
          )
        )
    ) AS "t8"
  ) AS "t11"
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."union_id",
      MIN("t13"."until") AS "until"
    FROM (
      SELECT
        "t12"."day",
        "t12"."union_id",
        "t12"."kind",
        MAX("t12"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."day",
            "t3"."year_from",
            "t3"."ago_15",
            "t7"."entry_id",
            "t7"."kind",
            "t7"."union_id",
            "t7"."term_to",
            "t7"."voided_on"
          FROM "days" AS "t3"
          INNER JOIN (
            SELECT
              *
            FROM "bargaining_agreementversion" AS "t2"
            WHERE
              "t2"."removed_in" IS NULL
          ) AS "t7"
            ON "t7"."valid_from" <= "t3"."day"
            AND (
              (
                "t7"."valid_to" IS NULL
              ) OR (
                "t7"."valid_to" > "t3"."day"
              )
            )
        ) AS "t9"
        WHERE
          (
            "t9"."voided_on" IS NULL
          ) OR (
            "t9"."voided_on" > "t9"."day"
          )
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t11"."day" = "t15"."day" AND "t11"."entity_id" = "t15"."union_id"
) AS "t16"
GROUP BY
  1,
  2

-- name: renewing.sums.known
SELECT
  "t14"."leaf_id",
  "t14"."day",
  COUNT(*) FILTER(WHERE
    "t14"."until" < "t14"."day") AS "unions.lapsed",
  COUNT(*) FILTER(WHERE
    (
      "t14"."until" >= "t14"."day"
    )
    AND (
      (
        (
          (
            (
              EXTRACT(year FROM "t14"."until") * 12
            ) + EXTRACT(month FROM "t14"."until") + 0
          ) * 100
        ) + EXTRACT(day FROM "t14"."until")
      ) <= (
        (
          (
            (
              EXTRACT(year FROM "t14"."day") * 12
            ) + EXTRACT(month FROM "t14"."day") + 3
          ) * 100
        ) + EXTRACT(day FROM "t14"."day")
      )
    )) AS "unions.expiring"
FROM (
  SELECT
    "t9"."day",
    "t9"."code",
    "t9"."name",
    "t9"."entity_id",
    "t9"."leaf_id",
    "t13"."until"
  FROM (
    SELECT
      "t6"."day",
      "t6"."year_from",
      "t6"."ago_15",
      "t6"."entry_id" AS "entity_id",
      "t6"."code",
      "t6"."name",
      "t6"."kind",
      "t6"."area_id" AS "leaf_id",
      "t6"."opened",
      "t6"."elected_on",
      "t6"."term_years"
    FROM (
      SELECT
        "t3"."day",
        "t3"."year_from",
        "t3"."ago_15",
        "t4"."entry_id",
        "t4"."code",
        "t4"."name",
        "t4"."kind",
        "t4"."area_id",
        "t4"."opened",
        "t4"."elected_on",
        "t4"."term_years"
      FROM "days" AS "t3"
      INNER JOIN "unions_unionversion" AS "t4"
        ON "t4"."valid_from" <= "t3"."day"
        AND (
          (
            "t4"."valid_to" IS NULL
          ) OR (
            "t4"."valid_to" > "t3"."day"
          )
        )
        AND "t4"."added_in" <= "t3"."known"
        AND (
          (
            "t4"."removed_in" IS NULL
          ) OR (
            "t4"."removed_in" > "t3"."known"
          )
        )
    ) AS "t6"
  ) AS "t9"
  INNER JOIN (
    SELECT
      "t11"."day",
      "t11"."union_id",
      MIN("t11"."until") AS "until"
    FROM (
      SELECT
        "t10"."day",
        "t10"."union_id",
        "t10"."kind",
        MAX("t10"."term_to") AS "until"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t3"."day",
            "t3"."year_from",
            "t3"."ago_15",
            "t5"."entry_id",
            "t5"."kind",
            "t5"."union_id",
            "t5"."term_to",
            "t5"."voided_on"
          FROM "days" AS "t3"
          INNER JOIN "bargaining_agreementversion" AS "t5"
            ON "t5"."valid_from" <= "t3"."day"
            AND (
              (
                "t5"."valid_to" IS NULL
              ) OR (
                "t5"."valid_to" > "t3"."day"
              )
            )
            AND "t5"."added_in" <= "t3"."known"
            AND (
              (
                "t5"."removed_in" IS NULL
              ) OR (
                "t5"."removed_in" > "t3"."known"
              )
            )
        ) AS "t7"
        WHERE
          (
            "t7"."voided_on" IS NULL
          ) OR (
            "t7"."voided_on" > "t7"."day"
          )
      ) AS "t10"
      GROUP BY
        1,
        2,
        3
    ) AS "t11"
    GROUP BY
      1,
      2
  ) AS "t13"
    ON "t9"."day" = "t13"."day" AND "t9"."entity_id" = "t13"."union_id"
) AS "t14"
GROUP BY
  1,
  2
