<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BackupView</name>
    <message numerus="yes">
        <source>At least %n characters. Without it nobody can read the backup or restore it.</source>
        <translation>
            <numerusform>At least %n character. Without it nobody can read the backup or restore it.</numerusform>
            <numerusform>At least %n characters. Without it nobody can read the backup or restore it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people backed up to {path}.</source>
        <translation>
            <numerusform>%n person backed up to {path}.</numerusform>
            <numerusform>%n people backed up to {path}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaptureStep</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s) cannot be used:</source>
        <translation>
            <numerusform>%n photograph cannot be used:</numerusform>
            <numerusform>%n photographs cannot be used:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message numerus="yes">
        <source>%n picture(s) seem to show somebody else and are struck out.</source>
        <translation>
            <numerusform>%n picture seems to show somebody else and is struck out.</numerusform>
            <numerusform>%n pictures seem to show somebody else and are struck out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) will be kept, encrypted.</source>
        <translation>
            <numerusform>%n picture will be kept, encrypted.</numerusform>
            <numerusform>%n pictures will be kept, encrypted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KioskLock</name>
    <message numerus="yes">
        <source>Wrong PIN. Wait %n second(s).</source>
        <translation>
            <numerusform>Wrong PIN. Wait %n second.</numerusform>
            <numerusform>Wrong PIN. Wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListConsentStep</name>
    <message numerus="yes">
        <source>%n people on the list</source>
        <translation>
            <numerusform>%n person on the list</numerusform>
            <numerusform>%n people on the list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} and %n more</numerusform>
            <numerusform>{names} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListReportStep</name>
    <message numerus="yes">
        <source>The answers got worse for %n people enrolled before: look for mixed-up names.</source>
        <translation>
            <numerusform>The answers got worse for %n person enrolled before: look for mixed-up names.</numerusform>
            <numerusform>The answers got worse for %n people enrolled before: look for mixed-up names.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name}: enrolled with %n picture(s)</source>
        <translation>
            <numerusform>{name}: enrolled with %n picture</numerusform>
            <numerusform>{name}: enrolled with %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more picture(s) refused</source>
        <translation>
            <numerusform>and %n more picture refused</numerusform>
            <numerusform>and %n more pictures refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListWorkStep</name>
    <message numerus="yes">
        <source>%n picture(s) taken</source>
        <translation>
            <numerusform>%n picture taken</numerusform>
            <numerusform>%n pictures taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) refused</source>
        <translation>
            <numerusform>%n picture refused</numerusform>
            <numerusform>%n pictures refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message numerus="yes">
        <source>%n people enrolled</source>
        <translation>
            <numerusform>%n person enrolled</numerusform>
            <numerusform>%n people enrolled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s), until {date}</source>
        <translation>
            <numerusform>%n picture, until {date}</numerusform>
            <numerusform>%n pictures, until {date}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonCorrections</name>
    <message numerus="yes">
        <source>%n correction(s) from the live picture</source>
        <translation>
            <numerusform>%n correction from the live picture</numerusform>
            <numerusform>%n corrections from the live picture</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonView</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) “not me”</source>
        <translation>
            <numerusform>%n time “not me”</numerusform>
            <numerusform>%n times “not me”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) seem to show somebody else: have a look.</source>
        <translation>
            <numerusform>%n picture seems to show somebody else: have a look.</numerusform>
            <numerusform>%n pictures seem to show somebody else: have a look.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n picture(s)</source>
        <translation>
            <numerusform>Delete %n picture</numerusform>
            <numerusform>Delete %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message numerus="yes">
        <source>Wait %n second(s).</source>
        <translation>
            <numerusform>Wait %n second.</numerusform>
            <numerusform>Wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiptView</name>
    <message numerus="yes">
        <source>%n picture(s) with what was computed from them, and all consents.</source>
        <translation>
            <numerusform>%n picture with what was computed from it, and all consents.</numerusform>
            <numerusform>%n pictures with what was computed from them, and all consents.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreView</name>
    <message numerus="yes">
        <source>Replace the %n people enrolled here by those of the backup?</source>
        <translation>
            <numerusform>Replace the %n person enrolled here by those of the backup?</numerusform>
            <numerusform>Replace the %n people enrolled here by those of the backup?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people restored.</source>
        <translation>
            <numerusform>%n person restored.</numerusform>
            <numerusform>%n people restored.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeenSheet</name>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Strictness</name>
    <message numerus="yes">
        <source>Of 100 visits, about {count} need a second look (estimated from %n picture(s)).</source>
        <translation>
            <numerusform>Of 100 visits, about {count} need a second look (estimated from %n picture).</numerusform>
            <numerusform>Of 100 visits, about {count} need a second look (estimated from %n pictures).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of 100 visits, fewer than {count} need a second look (none of %n picture(s)).</source>
        <translation>
            <numerusform>Of 100 visits, fewer than {count} need a second look (not the %n picture).</numerusform>
            <numerusform>Of 100 visits, fewer than {count} need a second look (none of %n pictures).</numerusform>
        </translation>
    </message>
</context>
</TS>
