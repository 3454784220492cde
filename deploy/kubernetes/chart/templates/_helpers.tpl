{{- define "fettle.name" -}}
{{- printf "%s" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "fettle.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "fettle.name" .) -}}
{{- end -}}

{{- define "fettle.image" -}}
{{- printf "%s:%s" .Values.image.repository .Values.image.tag -}}
{{- end -}}

{{- define "fettle.labels" -}}
app.kubernetes.io/name: fettle
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- /* As the image has it; no root, no more rights, nothing of the host. */ -}}
{{- define "fettle.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "fettle.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "fettle.secrets" -}}
{{- range .Values.secrets }}
- secretRef:
    name: {{ . }}
{{- end }}
{{- end -}}
