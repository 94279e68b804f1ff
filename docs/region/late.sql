-- Actions that are late, and what is late about them.
SELECT demarche, numero, titre, pourquoi
FROM (
  SELECT a.demarche, a.numero, a.titre,
    CASE
      WHEN a.fin < current_date THEN 'end'
      WHEN e.prochaine < current_date THEN 'step'
      WHEN coalesce(a.statut, 'to_discuss') IN ('to_discuss', 'planned') AND a.debut < current_date THEN 'start'
    END AS pourquoi
  FROM actions a
  LEFT JOIN (
    SELECT demarche, action, min(echeance) AS prochaine FROM etapes WHERE fait_le IS NULL GROUP BY demarche, action
  ) e ON e.demarche = a.demarche AND e.action = a.numero
  WHERE coalesce(a.statut, 'to_discuss') NOT IN ('done', 'dropped', 'paused')
) suivi
WHERE pourquoi IS NOT NULL
ORDER BY demarche, numero
