-- Planned funding by axe, of actions that are not given up.
SELECT a.demarche, a.axe, count(DISTINCT a.numero) AS actions, sum(b.prevu_eur) AS prevu_eur
FROM actions a
LEFT JOIN budget b ON b.demarche = a.demarche AND b.action = a.numero
WHERE coalesce(a.statut, 'to_discuss') <> 'dropped'
GROUP BY a.demarche, a.axe
ORDER BY a.demarche, a.axe
