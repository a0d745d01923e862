; Offers Hookswitch for tel:, sip:, sips: and callto: links (per user), and takes that back on removal.

!define HOOKSWITCH_CAPABILITIES "Software\Hookswitch\Capabilities"

!macro registerScheme SCHEME
  WriteRegStr HKCU "${HOOKSWITCH_CAPABILITIES}\URLAssociations" "${SCHEME}" "Hookswitch.Call"
!macroend

!macro customInstall
  WriteRegStr HKCU "Software\Classes\Hookswitch.Call" "" "Telephone call"
  WriteRegStr HKCU "Software\Classes\Hookswitch.Call" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\Hookswitch.Call\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKCU "Software\Classes\Hookswitch.Call\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr HKCU "${HOOKSWITCH_CAPABILITIES}" "ApplicationName" "Hookswitch"
  WriteRegStr HKCU "${HOOKSWITCH_CAPABILITIES}" "ApplicationDescription" "A softphone for any SIP server"
  !insertmacro registerScheme "tel"
  !insertmacro registerScheme "sip"
  !insertmacro registerScheme "sips"
  !insertmacro registerScheme "callto"
  WriteRegStr HKCU "Software\RegisteredApplications" "Hookswitch" "${HOOKSWITCH_CAPABILITIES}"
!macroend

!macro customUnInstall
  DeleteRegValue HKCU "Software\RegisteredApplications" "Hookswitch"
  DeleteRegKey HKCU "Software\Hookswitch"
  DeleteRegKey HKCU "Software\Classes\Hookswitch.Call"
!macroend
