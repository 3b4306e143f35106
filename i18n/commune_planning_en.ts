<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>Authority</name>
    <message>
        <source>Authority: {who} approves</source>
        <translation>Authority: {who} approves</translation>
    </message>
    <message>
        <source>appraised by {who} before</source>
        <translation>appraised by {who} before</translation>
    </message>
    <message>
        <source>the province checks afterwards</source>
        <translation>the province checks afterwards</translation>
    </message>
    <message>
        <source>by {document}</source>
        <translation>by {document}</translation>
    </message>
    <message>
        <source>The province objects to the approval. What was approved stays in force.</source>
        <translation>The province objects to the approval. What was approved stays in force.</translation>
    </message>
    <message>
        <source>The province has checked the approval.</source>
        <translation>The province has checked the approval.</translation>
    </message>
    <message>
        <source>Waits for: {acts}</source>
        <translation>Waits for: {acts}</translation>
    </message>
    <message>
        <source>the head of {commune}</source>
        <translation>the head of {commune}</translation>
    </message>
    <message>
        <source>{who} signs off</source>
        <translation>{who} signs off</translation>
    </message>
    <message>
        <source>{who} sends it again</source>
        <translation>{who} sends it again</translation>
    </message>
    <message>
        <source>{who} consents</source>
        <translation>{who} consents</translation>
    </message>
    <message>
        <source>{who} appraises</source>
        <translation>{who} appraises</translation>
    </message>
    <message>
        <source>{who} approves</source>
        <translation>{who} approves</translation>
    </message>
    <message>
        <source>{who} checks afterwards</source>
        <translation>{who} checks afterwards</translation>
    </message>
    <message>
        <source>the People&apos;s Committee of {commune}</source>
        <translation>the People's Committee of {commune}</translation>
    </message>
    <message>
        <source>the province</source>
        <translation>the province</translation>
    </message>
    <message>
        <source>the office of {commune}</source>
        <translation>the office of {commune}</translation>
    </message>
    <message>
        <source>the Department of Construction</source>
        <translation>the Department of Construction</translation>
    </message>
    <message>
        <source>To be checked afterwards</source>
        <translation>To be checked afterwards</translation>
    </message>
    <message>
        <source>The province objects</source>
        <translation>The province objects</translation>
    </message>
    <message>
        <source>Your consent is asked</source>
        <translation>Your consent is asked</translation>
    </message>
    <message>
        <source>{name}, for {giver} by document {document},</source>
        <translation>{name}, for {giver} by document {document},</translation>
    </message>
    <message>
        <source>(decided without the consent of {communes})</source>
        <translation>(decided without the consent of {communes})</translation>
    </message>
    <message>
        <source>the decision on no. {number}, which it builds on</source>
        <translation>the decision on no. {number}, which it builds on</translation>
    </message>
    <message>
        <source>the decision on no. {number}, which it is linked with</source>
        <translation>the decision on no. {number}, which it is linked with</translation>
    </message>
    <message>
        <source>{who} records the signed decision</source>
        <translation>{who} records the signed decision</translation>
    </message>
    <message>
        <source>{who} puts decision {number} into force</source>
        <translation>{who} puts decision {number} into force</translation>
    </message>
    <message>
        <source>your signature</source>
        <translation>your signature</translation>
    </message>
    <message>
        <source>you to correct it and send it again</source>
        <translation>you to correct it and send it again</translation>
    </message>
    <message>
        <source>your commune&apos;s consent</source>
        <translation>your commune's consent</translation>
    </message>
    <message>
        <source>your appraisal</source>
        <translation>your appraisal</translation>
    </message>
    <message>
        <source>your approval</source>
        <translation>your approval</translation>
    </message>
    <message>
        <source>your check afterwards</source>
        <translation>your check afterwards</translation>
    </message>
    <message>
        <source>Decision: still to be recorded</source>
        <translation>Decision: still to be recorded</translation>
    </message>
    <message>
        <source>Decision {number} of {date}, in force from {effective}</source>
        <translation>Decision {number} of {date}, in force from {effective}</translation>
    </message>
    <message>
        <source>Decision {number} of {date}, not in force yet</source>
        <translation>Decision {number} of {date}, not in force yet</translation>
    </message>
    <message numerus="yes">
        <source>%n agency(s) to answer by {day}</source>
        <translation>
            <numerusform>%n agency to answer by {day}</numerusform>
            <numerusform>%n agencies to answer by {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>The decision has gone to the province: not all that is changed may be shown in the commune.</source>
        <translation>The decision has gone to the province: not all that is changed may be shown in the commune.</translation>
    </message>
    <message>
        <source>your agency&apos;s opinion by {day}</source>
        <translation>your agency's opinion by {day}</translation>
    </message>
</context>
<context>
    <name>Balance</name>
    <message>
        <source>Land functions before and after, as bars</source>
        <translation>Land functions before and after, as bars</translation>
    </message>
    <message>
        <source>before</source>
        <translation>before</translation>
    </message>
    <message>
        <source>after</source>
        <translation>after</translation>
    </message>
    <message>
        <source>{title}
{before} ha → {after} ha ({difference} ha)
{share} % → {share_after} % ({points} percentage points)</source>
        <translation>{title}
{before} ha → {after} ha ({difference} ha)
{share} % → {share_after} % ({points} percentage points)</translation>
    </message>
    <message>
        <source>{before} → {after} plots</source>
        <translation>{before} → {after} plots</translation>
    </message>
    <message>
        <source>Land functions before and after</source>
        <translation>Land functions before and after</translation>
    </message>
    <message>
        <source>Touched plots before and after</source>
        <translation>Touched plots before and after</translation>
    </message>
    <message>
        <source>Copies the table, to be pasted into a document or a spreadsheet</source>
        <translation>Copies the table, to be pasted into a document or a spreadsheet</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Cop&amp;y</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>E&amp;xport CSV…</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>Ta&amp;ble</translation>
    </message>
    <message>
        <source>Ba&amp;rs</source>
        <translation>Ba&amp;rs</translation>
    </message>
    <message>
        <source>P&amp;lots</source>
        <translation>P&amp;lots</translation>
    </message>
    <message>
        <source>Figures are rounded to 0.01 ha so that each column adds up to its total.</source>
        <translation>Figures are rounded to 0.01 ha so that each column adds up to its total.</translation>
    </message>
    <message>
        <source>Land function</source>
        <translation>Land function</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>±</source>
        <translation>±</translation>
    </message>
    <message>
        <source>% before</source>
        <translation>% before</translation>
    </message>
    <message>
        <source>% after</source>
        <translation>% after</translation>
    </message>
    <message>
        <source>± points</source>
        <translation>± points</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Plot</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>What becomes of it</translation>
    </message>
    <message numerus="yes">
        <source>%n other plot(s) stay as they are</source>
        <translation>
            <numerusform>%n other plot stays as it is</numerusform>
            <numerusform>%n other plots stay as they are</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the balance</source>
        <translation>Export the balance</translation>
    </message>
    <message>
        <source>The file couldn&apos;t be written: {reason}. Choose another place.</source>
        <translation>The file couldn't be written: {reason}. Choose another place.</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>without a land function</source>
        <translation>without a land function</translation>
    </message>
    <message>
        <source>Only the part of the plan that lies in this working copy: {before} before, {after} after.</source>
        <translation>Only the part of the plan that lies in this working copy: {before} before, {after} after.</translation>
    </message>
    <message>
        <source>The plan has no boundary to close on. Total {before} before, {after} after.</source>
        <translation>The plan has no boundary to close on. Total {before} before, {after} after.</translation>
    </message>
    <message>
        <source>Closes on the plan&apos;s boundary, before and after: {ground}.</source>
        <translation>Closes on the plan's boundary, before and after: {ground}.</translation>
    </message>
    <message>
        <source>Doesn&apos;t close on the plan&apos;s boundary ({ground}). Before: {before}; after: {after}.</source>
        <translation>Doesn't close on the plan's boundary ({ground}). Before: {before}; after: {after}.</translation>
    </message>
    <message>
        <source>closes</source>
        <translation>closes</translation>
    </message>
    <message>
        <source>{area} uncovered</source>
        <translation>{area} uncovered</translation>
    </message>
    <message>
        <source>{area} too much</source>
        <translation>{area} too much</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>kept</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>new</source>
        <translation>new</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>removed</translation>
    </message>
    <message>
        <source>split: {others}</source>
        <translation>split: {others}</translation>
    </message>
    <message>
        <source>merged: {others}</source>
        <translation>merged: {others}</translation>
    </message>
    <message>
        <source>Before (ha)</source>
        <translation>Before (ha)</translation>
    </message>
    <message>
        <source>After (ha)</source>
        <translation>After (ha)</translation>
    </message>
    <message>
        <source>Difference (ha)</source>
        <translation>Difference (ha)</translation>
    </message>
    <message>
        <source>Before (%)</source>
        <translation>Before (%)</translation>
    </message>
    <message>
        <source>After (%)</source>
        <translation>After (%)</translation>
    </message>
    <message>
        <source>Difference (percentage points)</source>
        <translation>Difference (percentage points)</translation>
    </message>
    <message>
        <source>Being computed…</source>
        <translation>Being computed…</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Function</translation>
    </message>
    <message>
        <source>{title}: {before} → {after} % (norm &gt; {norm} %)</source>
        <translation>{title}: {before} → {after} % (norm &gt; {norm} %)</translation>
    </message>
    <message>
        <source>The land-fund balance stays as it is.</source>
        <translation>The land-fund balance stays as it is.</translation>
    </message>
    <message>
        <source>Balance: {differences}</source>
        <translation>Balance: {differences}</translation>
    </message>
</context>
<context>
    <name>Common</name>
    <message>
        <source>Feature</source>
        <translation>Feature</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Changes by layer</source>
        <translation>Changes by layer</translation>
    </message>
    <message>
        <source>Attributes that differ</source>
        <translation>Attributes that differ</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Shape</translation>
    </message>
    <message>
        <source>unknown plan</source>
        <translation>unknown plan</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Shape (area)</source>
        <translation>Shape (area)</translation>
    </message>
    <message>
        <source>Shape (length)</source>
        <translation>Shape (length)</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>unreadable shape</source>
        <translation>unreadable shape</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Commune&apos;s</source>
        <translation>Commune's</translation>
    </message>
    <message>
        <source>Province&apos;s</source>
        <translation>Province's</translation>
    </message>
    <message>
        <source>What the planning rules found</source>
        <translation>What the planning rules found</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>Not checked yet.</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s): the province can&apos;t approve it like this. Double-click shows the place.</source>
        <translation>
            <numerusform>%n error: the province can't approve it like this. Double-click shows the place.</numerusform>
            <numerusform>%n errors: the province can't approve it like this. Double-click shows the place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No errors; %n remark(s).</source>
        <translation>
            <numerusform>No errors; %n remark.</numerusform>
            <numerusform>No errors; %n remarks.</numerusform>
        </translation>
    </message>
    <message>
        <source>The planning rules find nothing wrong.</source>
        <translation>The planning rules find nothing wrong.</translation>
    </message>
    <message>
        <source>added</source>
        <translation>added</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>removed</translation>
    </message>
    <message>
        <source>new here</source>
        <translation>new here</translation>
    </message>
    <message>
        <source>in a proposal</source>
        <translation>in a proposal</translation>
    </message>
    <message>
        <source>in a proposal, changed again</source>
        <translation>in a proposal, changed again</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>conflict</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>Awaiting signature</source>
        <translation>Awaiting signature</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In review</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>sent it</source>
        <translation>sent it</translation>
    </message>
    <message>
        <source>signed it off</source>
        <translation>signed it off</translation>
    </message>
    <message>
        <source>opened it for review</source>
        <translation>opened it for review</translation>
    </message>
    <message>
        <source>returned it</source>
        <translation>returned it</translation>
    </message>
    <message>
        <source>rejected it</source>
        <translation>rejected it</translation>
    </message>
    <message>
        <source>approved it</source>
        <translation>approved it</translation>
    </message>
    <message>
        <source>withdrew it</source>
        <translation>withdrew it</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Somebody else changed the same attributes.</source>
        <translation>Somebody else changed the same attributes.</translation>
    </message>
    <message>
        <source>You removed this feature, and somebody else changed it.</source>
        <translation>You removed this feature, and somebody else changed it.</translation>
    </message>
    <message>
        <source>You changed this feature, and somebody else removed it at the province.</source>
        <translation>You changed this feature, and somebody else removed it at the province.</translation>
    </message>
    <message>
        <source>The province has a feature of the same name already.</source>
        <translation>The province has a feature of the same name already.</translation>
    </message>
    <message>
        <source>Somebody else changed this feature too.</source>
        <translation>Somebody else changed this feature too.</translation>
    </message>
    <message>
        <source>Downloading the commune&apos;s data</source>
        <translation>Downloading the commune's data</translation>
    </message>
    <message>
        <source>Preparing the working copy</source>
        <translation>Preparing the working copy</translation>
    </message>
    <message>
        <source>Downloading what is new at the province</source>
        <translation>Downloading what is new at the province</translation>
    </message>
    <message>
        <source>Comparing with your changes</source>
        <translation>Comparing with your changes</translation>
    </message>
    <message>
        <source>Writing to the working copy</source>
        <translation>Writing to the working copy</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>Working…</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Signing in</translation>
    </message>
    <message>
        <source>Getting data</source>
        <translation>Getting data</translation>
    </message>
    <message>
        <source>Sending to the province</source>
        <translation>Sending to the province</translation>
    </message>
    <message>
        <source>Checking against the planning rules</source>
        <translation>Checking against the planning rules</translation>
    </message>
    <message>
        <source>Reverting changes</source>
        <translation>Reverting changes</translation>
    </message>
    <message>
        <source>Resolving the conflict</source>
        <translation>Resolving the conflict</translation>
    </message>
    <message>
        <source>Bringing back the record of changes</source>
        <translation>Bringing back the record of changes</translation>
    </message>
    <message>
        <source>Adding the file</source>
        <translation>Adding the file</translation>
    </message>
    <message>
        <source>Opening the proposal</source>
        <translation>Opening the proposal</translation>
    </message>
    <message>
        <source>Recording the decision</source>
        <translation>Recording the decision</translation>
    </message>
    <message>
        <source>Withdrawing the proposal</source>
        <translation>Withdrawing the proposal</translation>
    </message>
    <message>
        <source>en</source>
        <comment>language code of this translation</comment>
        <translation>en</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>just now</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message>
        <source>new feature</source>
        <translation>new feature</translation>
    </message>
    <message>
        <source>Sending the files</source>
        <translation>Sending the files</translation>
    </message>
    <message>
        <source>Sending the changes</source>
        <translation>Sending the changes</translation>
    </message>
    <message>
        <source>Preparing the proposal</source>
        <translation>Preparing the proposal</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>Opening the conflict again</source>
        <translation>Opening the conflict again</translation>
    </message>
    <message>
        <source>The province changed this; a constraint that another program put on the table doesn&apos;t allow it here.</source>
        <translation>The province changed this; a constraint that another program put on the table doesn't allow it here.</translation>
    </message>
    <message numerus="yes">
        <source>It was divided here: the decision concerns %n other feature(s) too.</source>
        <translation>
            <numerusform>It was divided here: the decision concerns %n other feature too.</numerusform>
            <numerusform>It was divided here: the decision concerns %n other features too.</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed, waits for a linked proposal</source>
        <translation>Agreed, waits for a linked proposal</translation>
    </message>
    <message>
        <source>agreed to it, together with the proposals it is linked with</source>
        <translation>agreed to it, together with the proposals it is linked with</translation>
    </message>
    <message>
        <source>completed it with the last of the linked proposals</source>
        <translation>completed it with the last of the linked proposals</translation>
    </message>
    <message>
        <source>put it back into review: a linked proposal changed</source>
        <translation>put it back into review: a linked proposal changed</translation>
    </message>
    <message>
        <source>Bringing the work of another computer here</source>
        <translation>Bringing the work of another computer here</translation>
    </message>
    <message>
        <source>Asking for unsent work</source>
        <translation>Asking for unsent work</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>Handing over</translation>
    </message>
    <message>
        <source>Asking where you are signed in</source>
        <translation>Asking where you are signed in</translation>
    </message>
    <message>
        <source>Signing out there</source>
        <translation>Signing out there</translation>
    </message>
    <message>
        <source>Copying the working copy</source>
        <translation>Copying the working copy</translation>
    </message>
    <message>
        <source>moved by {distance}</source>
        <translation>moved by {distance}</translation>
    </message>
    <message>
        <source>area unchanged</source>
        <translation>area unchanged</translation>
    </message>
    <message>
        <source>{size} larger</source>
        <translation>{size} larger</translation>
    </message>
    <message>
        <source>{size} smaller</source>
        <translation>{size} smaller</translation>
    </message>
    <message>
        <source>length unchanged</source>
        <translation>length unchanged</translation>
    </message>
    <message>
        <source>{size} longer</source>
        <translation>{size} longer</translation>
    </message>
    <message>
        <source>{size} shorter</source>
        <translation>{size} shorter</translation>
    </message>
    <message>
        <source>moved as a whole by {distance}</source>
        <translation>moved as a whole by {distance}</translation>
    </message>
    <message>
        <source>the same corners, joined otherwise</source>
        <translation>the same corners, joined otherwise</translation>
    </message>
    <message>
        <source>on the former line</source>
        <translation>on the former line</translation>
    </message>
    <message>
        <source>up to {distance} off the former line</source>
        <translation>up to {distance} off the former line</translation>
    </message>
    <message numerus="yes">
        <source>%n corner(s) moved, up to {distance}</source>
        <translation>
            <numerusform>%n corner moved, up to {distance}</numerusform>
            <numerusform>%n corners moved, up to {distance}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n corner(s) added</source>
        <translation>
            <numerusform>%n corner added</numerusform>
            <numerusform>%n corners added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n corner(s) removed</source>
        <translation>
            <numerusform>%n corner removed</numerusform>
            <numerusform>%n corners removed</numerusform>
        </translation>
    </message>
    <message>
        <source>Put forward for approval</source>
        <translation>Put forward for approval</translation>
    </message>
    <message>
        <source>appraised it and put it forward for approval</source>
        <translation>appraised it and put it forward for approval</translation>
    </message>
    <message>
        <source>consented for their commune</source>
        <translation>consented for their commune</translation>
    </message>
    <message>
        <source>checked it after the approval</source>
        <translation>checked it after the approval</translation>
    </message>
    <message>
        <source>objected after the approval</source>
        <translation>objected after the approval</translation>
    </message>
    <message>
        <source>Preparing the preview</source>
        <translation>Preparing the preview</translation>
    </message>
    <message>
        <source>Delegating the signature</source>
        <translation>Delegating the signature</translation>
    </message>
    <message>
        <source>Ending the delegation</source>
        <translation>Ending the delegation</translation>
    </message>
    <message>
        <source>Fetching the map of that day</source>
        <translation>Fetching the map of that day</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>All of it, or one line</source>
        <translation>All of it, or one line</translation>
    </message>
    <message>
        <source>Printing the change sheet</source>
        <translation>Printing the change sheet</translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Province&apos;s</source>
        <translation>Province's</translation>
    </message>
    <message>
        <source>Both sides stand together here; nothing is to be decided</source>
        <translation>Both sides stand together here; nothing is to be decided</translation>
    </message>
    <message>
        <source>Keep the feature, as the province changed it</source>
        <translation>Keep the feature, as the province changed it</translation>
    </message>
    <message>
        <source>Remove the feature</source>
        <translation>Remove the feature</translation>
    </message>
    <message>
        <source>The feature</source>
        <translation>The feature</translation>
    </message>
    <message>
        <source>Drawn anew: {size}</source>
        <translation>Drawn anew: {size}</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Conflicts</translation>
    </message>
    <message>
        <source>Choose the province&apos;s values in the selected conflicts; nothing is settled before you apply</source>
        <translation>Choose the province's values in the selected conflicts; nothing is settled before you apply</translation>
    </message>
    <message>
        <source>All the &amp;province&apos;s</source>
        <translation>All the &amp;province's</translation>
    </message>
    <message>
        <source>Reshape the feature with QGIS's vertex tool, then press “Use this shape”</source>
        <translation>Reshape the feature with QGIS's vertex tool, then press “Use this shape”</translation>
    </message>
    <message>
        <source>&amp;Draw the shape anew</source>
        <translation>&amp;Draw the shape anew</translation>
    </message>
    <message>
        <source>Choose the shape that the feature has on the map now</source>
        <translation>Choose the shape that the feature has on the map now</translation>
    </message>
    <message>
        <source>&amp;Use this shape</source>
        <translation>&amp;Use this shape</translation>
    </message>
    <message>
        <source>U&amp;ndo</source>
        <translation>U&amp;ndo</translation>
    </message>
    <message>
        <source>Previous conflict (P)</source>
        <translation>Previous conflict (P)</translation>
    </message>
    <message>
        <source>Next conflict (N)</source>
        <translation>Next conflict (N)</translation>
    </message>
    <message>
        <source>{done} of {all} chosen</source>
        <translation>{done} of {all} chosen</translation>
    </message>
    <message>
        <source>All conflicts are decided. What you chose is among your changes, ready for a proposal.</source>
        <translation>All conflicts are decided. What you chose is among your changes, ready for a proposal.</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message>
        <source>Settle what you have chosen; it can be undone</source>
        <translation>Settle what you have chosen; it can be undone</translation>
    </message>
    <message>
        <source>Choose a side in each marked line first</source>
        <translation>Choose a side in each marked line first</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Apply to %n conflict(s)</source>
        <translation>
            <numerusform>&amp;Apply to %n conflict</numerusform>
            <numerusform>&amp;Apply to %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) decided at {time} open again, with the values as before</source>
        <translation>
            <numerusform>%n conflict decided at {time} opens again, with the values as before</numerusform>
            <numerusform>%n conflicts decided at {time} open again, with the values as before</numerusform>
        </translation>
    </message>
    <message>
        <source>No conflicts. What you and somebody else both changed is decided here; nothing is lost.</source>
        <translation>No conflicts. What you and somebody else both changed is decided here; nothing is lost.</translation>
    </message>
    <message>
        <source>A layer is being edited: save it and leave edit mode, then apply.</source>
        <translation>A layer is being edited: save it and leave edit mode, then apply.</translation>
    </message>
    <message>
        <source>Original, the commune&apos;s and the province&apos;s</source>
        <translation>Original, the commune's and the province's</translation>
    </message>
    <message>
        <source>Commune&apos;s</source>
        <translation>Commune's</translation>
    </message>
    <message>
        <source>Keep the feature, with the commune&apos;s changes</source>
        <translation>Keep the feature, with the commune's changes</translation>
    </message>
    <message>
        <source>Choose the commune&apos;s values in the selected conflicts; nothing is settled before you apply</source>
        <translation>Choose the commune's values in the selected conflicts; nothing is settled before you apply</translation>
    </message>
    <message>
        <source>All of the &amp;commune&apos;s</source>
        <translation>All of the &amp;commune's</translation>
    </message>
    <message>
        <source>The province&apos;s last change: {time}, revision {number}, by {name}.</source>
        <translation>The province's last change: {time}, revision {number}, by {name}.</translation>
    </message>
    <message>
        <source>The province's last change: {time}, revision {number}, by {name}, proposal “{title}”.</source>
        <translation>The province's last change: {time}, revision {number}, by {name}, proposal “{title}”.</translation>
    </message>
    <message>
        <source>The province&apos;s last change: {time}, revision {number}; the province&apos;s database was edited directly.</source>
        <translation>The province's last change: {time}, revision {number}; the province's database was edited directly.</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>e.g. 1992/QĐ-UBND</source>
        <translation>e.g. 1992/QĐ-UBND</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>e.g. Deputy chair of the province&apos;s People&apos;s Committee</source>
        <translation>e.g. Deputy chair of the province's People's Committee</translation>
    </message>
    <message>
        <source>What was wrong in the former record</source>
        <translation>What was wrong in the former record</translation>
    </message>
    <message>
        <source>&amp;Record the decision</source>
        <translation>&amp;Record the decision</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>Cance&amp;l</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>&amp;Number</translation>
    </message>
    <message>
        <source>Signed &amp;on</source>
        <translation>Signed &amp;on</translation>
    </message>
    <message>
        <source>In &amp;force from</source>
        <translation>In &amp;force from</translation>
    </message>
    <message>
        <source>&amp;Signed by</source>
        <translation>&amp;Signed by</translation>
    </message>
    <message>
        <source>Offi&amp;ce</source>
        <translation>Offi&amp;ce</translation>
    </message>
    <message>
        <source>Correction beca&amp;use</source>
        <translation>Correction beca&amp;use</translation>
    </message>
    <message>
        <source>Figures &amp;are about</source>
        <translation>Figures &amp;are about</translation>
    </message>
    <message>
        <source>the whole plan</source>
        <translation>the whole plan</translation>
    </message>
    <message>
        <source>the changed ground alone</source>
        <translation>the changed ground alone</translation>
    </message>
    <message>
        <source>&amp;Record the correction</source>
        <translation>&amp;Record the correction</translation>
    </message>
    <message>
        <source>Still missing: {what}.</source>
        <translation>Still missing: {what}.</translation>
    </message>
    <message>
        <source>number</source>
        <translation>number</translation>
    </message>
    <message>
        <source>who signed</source>
        <translation>who signed</translation>
    </message>
    <message>
        <source>office</source>
        <translation>office</translation>
    </message>
    <message>
        <source>the signed PDF</source>
        <translation>the signed PDF</translation>
    </message>
    <message>
        <source>a day in force that isn&apos;t before the signature</source>
        <translation>a day in force that isn't before the signature</translation>
    </message>
    <message>
        <source>why it is corrected</source>
        <translation>why it is corrected</translation>
    </message>
    <message>
        <source>No file chosen yet.</source>
        <translation>No file chosen yet.</translation>
    </message>
    <message>
        <source>The signed decision</source>
        <translation>The signed decision</translation>
    </message>
    <message>
        <source>No land function</source>
        <translation>No land function</translation>
    </message>
    <message>
        <source>Number of lots</source>
        <translation>Number of lots</translation>
    </message>
    <message>
        <source>Area of the boundary (ha)</source>
        <translation>Area of the boundary (ha)</translation>
    </message>
    <message>
        <source>{function}, before</source>
        <translation>{function}, before</translation>
    </message>
    <message>
        <source>{function}, after</source>
        <translation>{function}, after</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>agrees</translation>
    </message>
    <message>
        <source>differs: {sign}{count} lots</source>
        <translation>differs: {sign}{count} lots</translation>
    </message>
    <message>
        <source>differs: {sign}{difference} ha ({allowed} allowed)</source>
        <translation>differs: {sign}{difference} ha ({allowed} allowed)</translation>
    </message>
    <message>
        <source>The decision&apos;s figures and the map&apos;s</source>
        <translation>The decision's figures and the map's</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Figure</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparison</translation>
    </message>
    <message>
        <source>The map agrees with the decision.</source>
        <translation>The map agrees with the decision.</translation>
    </message>
    <message>
        <source>The decision states no figures, so nothing can be compared.</source>
        <translation>The decision states no figures, so nothing can be compared.</translation>
    </message>
    <message numerus="yes">
        <source>%n figure(s) differ from the map.</source>
        <translation>
            <numerusform>%n figure differs from the map.</numerusform>
            <numerusform>%n figures differ from the map.</numerusform>
        </translation>
    </message>
    <message>
        <source>Put it into &amp;force</source>
        <translation>Put it into &amp;force</translation>
    </message>
    <message>
        <source>&amp;Correct the record…</source>
        <translation>&amp;Correct the record…</translation>
    </message>
    <message>
        <source>Why the decision is put into force though the map differs</source>
        <translation>Why the decision is put into force though the map differs</translation>
    </message>
    <message>
        <source>The signed decision is recorded here once the proposal is approved.</source>
        <translation>The signed decision is recorded here once the proposal is approved.</translation>
    </message>
    <message>
        <source>Being fetched…</source>
        <translation>Being fetched…</translation>
    </message>
    <message>
        <source>The map differs: correct the record, or let an approver say why it is right</source>
        <translation>The map differs: correct the record, or let an approver say why it is right</translation>
    </message>
    <message>
        <source>Approved. Next: record the signed decision.</source>
        <translation>Approved. Next: record the signed decision.</translation>
    </message>
    <message>
        <source>Approved. The signed decision hasn&apos;t been recorded yet.</source>
        <translation>Approved. The signed decision hasn't been recorded yet.</translation>
    </message>
    <message>
        <source>Recorded, and not in force yet: the plan in force is still the one before.</source>
        <translation>Recorded, and not in force yet: the plan in force is still the one before.</translation>
    </message>
    <message>
        <source>In force from {day}; put into force by {name}, {time}.</source>
        <translation>In force from {day}; put into force by {name}, {time}.</translation>
    </message>
    <message>
        <source>Though the map differs: {reason}</source>
        <translation>Though the map differs: {reason}</translation>
    </message>
    <message>
        <source>Decision {number} of {date}, in force from {effective}</source>
        <translation>Decision {number} of {date}, in force from {effective}</translation>
    </message>
    <message>
        <source>Signed by {name}, {office}</source>
        <translation>Signed by {name}, {office}</translation>
    </message>
    <message>
        <source>File: {name} · SHA-256 {hash}…</source>
        <translation>File: {name} · SHA-256 {hash}…</translation>
    </message>
    <message>
        <source>Recorded by {name}, {time}</source>
        <translation>Recorded by {name}, {time}</translation>
    </message>
    <message>
        <source>Correction: {reason}</source>
        <translation>Correction: {reason}</translation>
    </message>
    <message>
        <source>Former record: {number} of {date}, by {name}, {time}</source>
        <translation>Former record: {number} of {date}, by {name}, {time}</translation>
    </message>
    <message>
        <source>Approved proposals whose decision isn&apos;t in force yet</source>
        <translation>Approved proposals whose decision isn't in force yet</translation>
    </message>
    <message numerus="yes">
        <source>%n approved proposal(s) wait for their decision</source>
        <translation>
            <numerusform>%n approved proposal waits for their decision</numerusform>
            <numerusform>%n approved proposals wait for their decision</numerusform>
        </translation>
    </message>
    <message>
        <source>{title}
{commune} · approved {age}</source>
        <translation>{title}
{commune} · approved {age}</translation>
    </message>
    <message>
        <source>Choose the &amp;PDF…</source>
        <translation>Choose the &amp;PDF…</translation>
    </message>
    <message>
        <source>&amp;Record the decision…</source>
        <translation>&amp;Record the decision…</translation>
    </message>
    <message>
        <source>&amp;Approve and record the decision</source>
        <translation>&amp;Approve and record the decision</translation>
    </message>
    <message>
        <source>&amp;Approve with the signed decision…</source>
        <translation>&amp;Approve with the signed decision…</translation>
    </message>
    <message>
        <source>Approves and records number, days, signer and file in one go, or neither</source>
        <translation>Approves and records number, days, signer and file in one go, or neither</translation>
    </message>
    <message>
        <source>Signed already? Then approve and record the decision in one go.</source>
        <translation>Signed already? Then approve and record the decision in one go.</translation>
    </message>
</context>
<context>
    <name>Delegations</name>
    <message>
        <source>Delegating the signature</source>
        <translation>Delegating the signature</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>Who signs for you</source>
        <translation>Who signs for you</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>First day</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>&amp;Delegate</source>
        <translation>&amp;Delegate</translation>
    </message>
    <message>
        <source>&amp;End it now</source>
        <translation>&amp;End it now</translation>
    </message>
    <message>
        <source>Number of the delegating document</source>
        <translation>Number of the delegating document</translation>
    </message>
    <message>
        <source>for example 05/GUQ-UBND</source>
        <translation>for example 05/GUQ-UBND</translation>
    </message>
    <message>
        <source>Delegations so far</source>
        <translation>Delegations so far</translation>
    </message>
    <message>
        <source>&amp;Commune</source>
        <translation>&amp;Commune</translation>
    </message>
    <message>
        <source>&amp;Who signs for you</source>
        <translation>&amp;Who signs for you</translation>
    </message>
    <message>
        <source>&amp;First day</source>
        <translation>&amp;First day</translation>
    </message>
    <message>
        <source>&amp;Last day</source>
        <translation>&amp;Last day</translation>
    </message>
    <message>
        <source>&amp;Number of the document</source>
        <translation>&amp;Number of the document</translation>
    </message>
    <message>
        <source>Each signature then says who signed for you and by which document. Nobody signs off their own.</source>
        <translation>Each signature then says who signed for you and by which document. Nobody signs off their own.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Nobody else in the commune has an account: ask the province&apos;s administrator.</source>
        <translation>Nobody else in the commune has an account: ask the province's administrator.</translation>
    </message>
    <message>
        <source>Tick what may be signed for you.</source>
        <translation>Tick what may be signed for you.</translation>
    </message>
    <message>
        <source>The last day is before the first, or over.</source>
        <translation>The last day is before the first, or over.</translation>
    </message>
    <message>
        <source>Give the number of the delegating document.</source>
        <translation>Give the number of the delegating document.</translation>
    </message>
    <message>
        <source>Asking the province…</source>
        <translation>Asking the province…</translation>
    </message>
    <message>
        <source>None so far: you sign everything yourself.</source>
        <translation>None so far: you sign everything yourself.</translation>
    </message>
    <message>
        <source>sign &amp;off proposals</source>
        <translation>sign &amp;off proposals</translation>
    </message>
    <message>
        <source>&amp;return them, with a reason</source>
        <translation>&amp;return them, with a reason</translation>
    </message>
    <message>
        <source>consent to other communes&apos; &amp;proposals</source>
        <translation>consent to other communes' &amp;proposals</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in force</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>to come</translation>
    </message>
    <message>
        <source>over</source>
        <translation>over</translation>
    </message>
    <message>
        <source>ended early</source>
        <translation>ended early</translation>
    </message>
    <message>
        <source>{receiver} for {giver}, {first} – {last} ({state}): {acts}. Document {document}</source>
        <translation>{receiver} for {giver}, {first} – {last} ({state}): {acts}. Document {document}</translation>
    </message>
    <message>
        <source>Delegate the signature…</source>
        <translation>Delegate the signature…</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Computers and unsent work</source>
        <translation>Computers and unsent work</translation>
    </message>
    <message>
        <source>Your computers</source>
        <translation>Your computers</translation>
    </message>
    <message>
        <source>&amp;Sign out there</source>
        <translation>&amp;Sign out there</translation>
    </message>
    <message>
        <source>Unsent work in the commune</source>
        <translation>Unsent work in the commune</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Colleague</translation>
    </message>
    <message>
        <source>&amp;Hand over</source>
        <translation>&amp;Hand over</translation>
    </message>
    <message>
        <source>A colleague whom you hand it over to can bring it into their own working copy.</source>
        <translation>A colleague whom you hand it over to can bring it into their own working copy.</translation>
    </message>
    <message>
        <source>A computer that you sign out keeps its data and edits, and can exchange nothing any more.</source>
        <translation>A computer that you sign out keeps its data and edits, and can exchange nothing any more.</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Close</translation>
    </message>
    <message>
        <source>unnamed computer</source>
        <translation>unnamed computer</translation>
    </message>
    <message>
        <source>{device} (this computer)</source>
        <translation>{device} (this computer)</translation>
    </message>
    <message>
        <source>{device}, last used {time}</source>
        <translation>{device}, last used {time}</translation>
    </message>
    <message>
        <source>Computers and unsent work…</source>
        <translation>Computers and unsent work…</translation>
    </message>
    <message>
        <source>None. What colleagues have drawn and not sent yet is kept here, should their computer fail.</source>
        <translation>None. What colleagues have drawn and not sent yet is kept here, should their computer fail.</translation>
    </message>
</context>
<context>
    <name>Discussion</name>
    <message>
        <source>Back to the thread</source>
        <translation>Back to the thread</translation>
    </message>
    <message>
        <source>Your remark</source>
        <translation>Your remark</translation>
    </message>
    <message>
        <source>Suggested value</source>
        <translation>Suggested value</translation>
    </message>
    <message>
        <source>&amp;Draw a suggestion</source>
        <translation>&amp;Draw a suggestion</translation>
    </message>
    <message>
        <source>&amp;Use what is drawn</source>
        <translation>&amp;Use what is drawn</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>Stop drawing</translation>
    </message>
    <message>
        <source>S&amp;end</source>
        <translation>S&amp;end</translation>
    </message>
    <message>
        <source>Ctrl+Enter. Without a connection it waits here and leaves by itself.</source>
        <translation>Ctrl+Enter. Without a connection it waits here and leaves by itself.</translation>
    </message>
    <message>
        <source>&amp;New remark</source>
        <translation>&amp;New remark</translation>
    </message>
    <message>
        <source>About the &amp;whole proposal</source>
        <translation>About the &amp;whole proposal</translation>
    </message>
    <message>
        <source>About “{feature}”</source>
        <translation>About “{feature}”</translation>
    </message>
    <message>
        <source>About an &amp;attribute of it</source>
        <translation>About an &amp;attribute of it</translation>
    </message>
    <message>
        <source>At a &amp;point on the map</source>
        <translation>At a &amp;point on the map</translation>
    </message>
    <message>
        <source>Along a &amp;line on the map</source>
        <translation>Along a &amp;line on the map</translation>
    </message>
    <message>
        <source>In an a&amp;rea of the map</source>
        <translation>In an a&amp;rea of the map</translation>
    </message>
    <message>
        <source>Draw the place on the map first.</source>
        <translation>Draw the place on the map first.</translation>
    </message>
    <message>
        <source>Write what there is to say; then send.</source>
        <translation>Write what there is to say; then send.</translation>
    </message>
    <message>
        <source>The suggested value doesn&apos;t fit the attribute.</source>
        <translation>The suggested value doesn't fit the attribute.</translation>
    </message>
    <message>
        <source>Write a remark</source>
        <translation>Write a remark</translation>
    </message>
    <message>
        <source>Write an answer</source>
        <translation>Write an answer</translation>
    </message>
    <message>
        <source>Draw the place on the map.</source>
        <translation>Draw the place on the map.</translation>
    </message>
    <message>
        <source>Answer:</source>
        <translation>Answer:</translation>
    </message>
    <message>
        <source>New, about: {what}</source>
        <translation>New, about: {what}</translation>
    </message>
    <message>
        <source>with a drawn suggestion</source>
        <translation>with a drawn suggestion</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>What was said</translation>
    </message>
    <message>
        <source>settled it</source>
        <translation>settled it</translation>
    </message>
    <message>
        <source>opened it again</source>
        <translation>opened it again</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
    <message>
        <source>Suggested: {what}</source>
        <translation>Suggested: {what}</translation>
    </message>
    <message>
        <source>Nothing was said about this proposal.</source>
        <translation>Nothing was said about this proposal.</translation>
    </message>
    <message>
        <source>No connection: what others said isn&apos;t known here. What you write waits.</source>
        <translation>No connection: what others said isn't known here. What you write waits.</translation>
    </message>
    <message>
        <source>No connection: as of {time}. What you write waits here and leaves by itself.</source>
        <translation>No connection: as of {time}. What you write waits here and leaves by itself.</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>&amp;Open again</translation>
    </message>
    <message>
        <source>&amp;Settled</source>
        <translation>&amp;Settled</translation>
    </message>
    <message>
        <source>a shape</source>
        <translation>a shape</translation>
    </message>
    <message>
        <source>The whole proposal</source>
        <translation>The whole proposal</translation>
    </message>
    <message>
        <source>A place on the map</source>
        <translation>A place on the map</translation>
    </message>
    <message>
        <source>open</source>
        <translation>open</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>answered</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>settled</translation>
    </message>
    <message>
        <source>commune</source>
        <translation>commune</translation>
    </message>
    <message>
        <source>province</source>
        <translation>province</translation>
    </message>
    <message>
        <source>agency</source>
        <translation>agency</translation>
    </message>
    <message>
        <source>✓ fine</source>
        <translation>✓ fine</translation>
    </message>
    <message>
        <source>↺ redo</source>
        <translation>↺ redo</translation>
    </message>
    <message>
        <source>Discussion ({count})</source>
        <translation>Discussion ({count})</translation>
    </message>
    <message>
        <source>Remarks that aren&apos;t settled; with suggestions, about changes or places</source>
        <translation>Remarks that aren't settled; with suggestions, about changes or places</translation>
    </message>
    <message>
        <source>Nothing is marked to be redone in this version.</source>
        <translation>Nothing is marked to be redone in this version.</translation>
    </message>
    <message>
        <source>&amp;Back to the list</source>
        <translation>&amp;Back to the list</translation>
    </message>
    <message>
        <source>To redo ({count})</source>
        <translation>To redo ({count})</translation>
    </message>
    <message>
        <source>Opinions ({count})</source>
        <translation>Opinions ({count})</translation>
    </message>
    <message>
        <source>About</source>
        <translation>About</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Remarks</translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s)</source>
        <translation>
            <numerusform>%n remark</numerusform>
            <numerusform>%n remarks</numerusform>
        </translation>
    </message>
    <message>
        <source>What has to be redone</source>
        <translation>What has to be redone</translation>
    </message>
    <message>
        <source>What has to be redone; Ctrl+Enter keeps it</source>
        <translation>What has to be redone; Ctrl+Enter keeps it</translation>
    </message>
    <message>
        <source>✓ Fine</source>
        <translation>✓ Fine</translation>
    </message>
    <message>
        <source>↺ Redo…</source>
        <translation>↺ Redo…</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Keep</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>This change is fine; on to the next one (V)</source>
        <translation>This change is fine; on to the next one (V)</translation>
    </message>
    <message>
        <source>This change has to be redone: say why (R)</source>
        <translation>This change has to be redone: say why (R)</translation>
    </message>
    <message>
        <source>Take over a suggestion</source>
        <translation>Take over a suggestion</translation>
    </message>
    <message>
        <source>Sketch for a remark</source>
        <translation>Sketch for a remark</translation>
    </message>
    <message>
        <source>show</source>
        <translation>show</translation>
    </message>
    <message>
        <source>take it over</source>
        <translation>take it over</translation>
    </message>
    <message>
        <source>discard</source>
        <translation>discard</translation>
    </message>
    <message>
        <source>Waits for the connection</source>
        <translation>Waits for the connection</translation>
    </message>
    <message>
        <source>write it anew</source>
        <translation>write it anew</translation>
    </message>
    <message>
        <source>Not accepted:</source>
        <translation>Not accepted:</translation>
    </message>
    <message>
        <source>Nothing was said yet. Ask about the whole, a change, an attribute or a place on the map.</source>
        <translation>Nothing was said yet. Ask about the whole, a change, an attribute or a place on the map.</translation>
    </message>
    <message>
        <source>Discussion</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>The attribute has the suggested value already: enter another one, or suggest nothing.</source>
        <translation>The attribute has the suggested value already: enter another one, or suggest nothing.</translation>
    </message>
    <message>
        <source>it is so now</source>
        <translation>it is so now</translation>
    </message>
    <message>
        <source>has changed since</source>
        <translation>has changed since</translation>
    </message>
    <message>
        <source>What the suggestion is about</source>
        <translation>What the suggestion is about</translation>
    </message>
    <message>
        <source>No suggestion</source>
        <translation>No suggestion</translation>
    </message>
    <message>
        <source>Suggest: {attribute}</source>
        <translation>Suggest: {attribute}</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>day/month/year</translation>
    </message>
    <message>
        <source>Left empty: the attribute is to be empty</source>
        <translation>Left empty: the attribute is to be empty</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} new</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Something unexpected happened, and the step was not carried out.</source>
        <translation>Something unexpected happened, and the step was not carried out.</translation>
    </message>
    <message>
        <source>Try again. If it happens again, send the details to the province&apos;s support.</source>
        <translation>Try again. If it happens again, send the details to the province's support.</translation>
    </message>
    <message>
        <source>A value or shape can&apos;t be used as it is, so the step was not carried out.</source>
        <translation>A value or shape can't be used as it is, so the step was not carried out.</translation>
    </message>
    <message>
        <source>Correct it in the working copy. The details name the place.</source>
        <translation>Correct it in the working copy. The details name the place.</translation>
    </message>
    <message>
        <source>Ask the province&apos;s administrator.</source>
        <translation>Ask the province's administrator.</translation>
    </message>
    <message>
        <source>Sign in again; then everything goes on where it stopped.</source>
        <translation>Sign in again; then everything goes on where it stopped.</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>You are not signed in.</translation>
    </message>
    <message>
        <source>Your sign-in has expired.</source>
        <translation>Your sign-in has expired.</translation>
    </message>
    <message>
        <source>Your sign-in on this computer was ended by the province.</source>
        <translation>Your sign-in on this computer was ended by the province.</translation>
    </message>
    <message>
        <source>The name or the password is wrong.</source>
        <translation>The name or the password is wrong.</translation>
    </message>
    <message>
        <source>Check capital letters and the Vietnamese keyboard, then enter both again.</source>
        <translation>Check capital letters and the Vietnamese keyboard, then enter both again.</translation>
    </message>
    <message>
        <source>Too many attempts to sign in. The account is safe.</source>
        <translation>Too many attempts to sign in. The account is safe.</translation>
    </message>
    <message>
        <source>Wait a few minutes, then try again.</source>
        <translation>Wait a few minutes, then try again.</translation>
    </message>
    <message>
        <source>This account has been closed.</source>
        <translation>This account has been closed.</translation>
    </message>
    <message>
        <source>Your account may not do this.</source>
        <translation>Your account may not do this.</translation>
    </message>
    <message>
        <source>Nobody decides on a proposal of their own.</source>
        <translation>Nobody decides on a proposal of their own.</translation>
    </message>
    <message>
        <source>Somebody else has to take this step.</source>
        <translation>Somebody else has to take this step.</translation>
    </message>
    <message>
        <source>Some changes lie outside your commune: {communes}.</source>
        <translation>Some changes lie outside your commune: {communes}.</translation>
    </message>
    <message>
        <source>Agree with these communes first, or leave the changes out of the proposal.</source>
        <translation>Agree with these communes first, or leave the changes out of the proposal.</translation>
    </message>
    <message>
        <source>You can go on working; what is waiting is sent when the connection is back.</source>
        <translation>You can go on working; what is waiting is sent when the connection is back.</translation>
    </message>
    <message>
        <source>Check the address of the hub with the province&apos;s administrator.</source>
        <translation>Check the address of the hub with the province's administrator.</translation>
    </message>
    <message>
        <source>The province&apos;s hub can&apos;t be reached.</source>
        <translation>The province's hub can't be reached.</translation>
    </message>
    <message>
        <source>The province&apos;s hub did not answer in time.</source>
        <translation>The province's hub did not answer in time.</translation>
    </message>
    <message>
        <source>The province&apos;s hub has a problem of its own at the moment.</source>
        <translation>The province's hub has a problem of its own at the moment.</translation>
    </message>
    <message>
        <source>Another service answers at this address, not a planning hub.</source>
        <translation>Another service answers at this address, not a planning hub.</translation>
    </message>
    <message>
        <source>The address of the hub is not a valid web address.</source>
        <translation>The address of the hub is not a valid web address.</translation>
    </message>
    <message>
        <source>The hub could not prove that it is the province&apos;s: its certificate isn&apos;t trusted.</source>
        <translation>The hub could not prove that it is the province's: its certificate isn't trusted.</translation>
    </message>
    <message>
        <source>Nothing was sent. Tell the province&apos;s administrator before you go on.</source>
        <translation>Nothing was sent. Tell the province's administrator before you go on.</translation>
    </message>
    <message>
        <source>The hub&apos;s answer can&apos;t be understood.</source>
        <translation>The hub's answer can't be understood.</translation>
    </message>
    <message>
        <source>The hub&apos;s list of layers can&apos;t be understood.</source>
        <translation>The hub's list of layers can't be understood.</translation>
    </message>
    <message>
        <source>What you asked for isn&apos;t at the province, or your account may not see it.</source>
        <translation>What you asked for isn't at the province, or your account may not see it.</translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation>Refresh the list.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t know this commune.</source>
        <translation>The hub doesn't know this commune.</translation>
    </message>
    <message>
        <source>This is larger than the hub accepts.</source>
        <translation>This is larger than the hub accepts.</translation>
    </message>
    <message>
        <source>Make files smaller (20 MB each at most), or split the proposal.</source>
        <translation>Make files smaller (20 MB each at most), or split the proposal.</translation>
    </message>
    <message>
        <source>This plugin and the hub speak different versions.</source>
        <translation>This plugin and the hub speak different versions.</translation>
    </message>
    <message>
        <source>Update the plugin, or ask the province&apos;s administrator which version to use.</source>
        <translation>Update the plugin, or ask the province's administrator which version to use.</translation>
    </message>
    <message>
        <source>Get the data again; the download goes on where it stopped.</source>
        <translation>Get the data again; the download goes on where it stopped.</translation>
    </message>
    <message>
        <source>The province&apos;s database was restored, and doesn&apos;t know the state of your working copy.</source>
        <translation>The province's database was restored, and doesn't know the state of your working copy.</translation>
    </message>
    <message>
        <source>Get the data again: your changes are carried over to the fresh copy.</source>
        <translation>Get the data again: your changes are carried over to the fresh copy.</translation>
    </message>
    <message>
        <source>The province has newer data than what was being downloaded.</source>
        <translation>The province has newer data than what was being downloaded.</translation>
    </message>
    <message>
        <source>The download was cut off.</source>
        <translation>The download was cut off.</translation>
    </message>
    <message>
        <source>The download doesn&apos;t match what the hub announced, and was thrown away.</source>
        <translation>The download doesn't match what the hub announced, and was thrown away.</translation>
    </message>
    <message>
        <source>Stopped, as you asked. Everything is as before.</source>
        <translation>Stopped, as you asked. Everything is as before.</translation>
    </message>
    <message>
        <source>Move the file away (don&apos;t delete it), then get the data again.</source>
        <translation>Move the file away (don't delete it), then get the data again.</translation>
    </message>
    <message>
        <source>The working copy is no longer where it was.</source>
        <translation>The working copy is no longer where it was.</translation>
    </message>
    <message>
        <source>If you moved the file, put it back. Otherwise get the data again.</source>
        <translation>If you moved the file, put it back. Otherwise get the data again.</translation>
    </message>
    <message>
        <source>What was sent is safe at the province.</source>
        <translation>What was sent is safe at the province.</translation>
    </message>
    <message>
        <source>The file isn&apos;t a working copy of this plugin.</source>
        <translation>The file isn't a working copy of this plugin.</translation>
    </message>
    <message>
        <source>The working copy is damaged.</source>
        <translation>The working copy is damaged.</translation>
    </message>
    <message>
        <source>The working copy belongs to another province&apos;s hub.</source>
        <translation>The working copy belongs to another province's hub.</translation>
    </message>
    <message>
        <source>The working copy belongs to another commune.</source>
        <translation>The working copy belongs to another commune.</translation>
    </message>
    <message>
        <source>The working copy was made by a newer version of the plugin.</source>
        <translation>The working copy was made by a newer version of the plugin.</translation>
    </message>
    <message>
        <source>The working copy lies on a network drive, where it can only be read safely.</source>
        <translation>The working copy lies on a network drive, where it can only be read safely.</translation>
    </message>
    <message>
        <source>The working copy is being written to by another program.</source>
        <translation>The working copy is being written to by another program.</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>Wait a moment, then try again.</translation>
    </message>
    <message>
        <source>A layer is still being edited ({holders}), so the province&apos;s changes wait.</source>
        <translation>A layer is still being edited ({holders}), so the province's changes wait.</translation>
    </message>
    <message>
        <source>Save your edits and leave edit mode there, then get the data again.</source>
        <translation>Save your edits and leave edit mode there, then get the data again.</translation>
    </message>
    <message>
        <source>The layer “{layer}” was overwritten, and the record of its changes is gone.</source>
        <translation>The layer “{layer}” was overwritten, and the record of its changes is gone.</translation>
    </message>
    <message>
        <source>The layer “{layer}” was replaced by another table.</source>
        <translation>The layer “{layer}” was replaced by another table.</translation>
    </message>
    <message>
        <source>The attributes of the layer “{layer}” were changed.</source>
        <translation>The attributes of the layer “{layer}” were changed.</translation>
    </message>
    <message>
        <source>Undo the change of attributes, or bring the record back.</source>
        <translation>Undo the change of attributes, or bring the record back.</translation>
    </message>
    <message>
        <source>Refresh the list to see how it stands.</source>
        <translation>Refresh the list to see how it stands.</translation>
    </message>
    <message>
        <source>The proposal contains no changes.</source>
        <translation>The proposal contains no changes.</translation>
    </message>
    <message>
        <source>Draw or edit first and save the layer, or tick changes in the list.</source>
        <translation>Draw or edit first and save the layer, or tick changes in the list.</translation>
    </message>
    <message>
        <source>The changes belong to several plans: {plans}. A proposal is for one plan only.</source>
        <translation>The changes belong to several plans: {plans}. A proposal is for one plan only.</translation>
    </message>
    <message>
        <source>Split them into one proposal for each plan.</source>
        <translation>Split them into one proposal for each plan.</translation>
    </message>
    <message>
        <source>Somebody else changed the same features ({conflicts}) meanwhile.</source>
        <translation>Somebody else changed the same features ({conflicts}) meanwhile.</translation>
    </message>
    <message>
        <source>The proposal has moved on meanwhile (now: {state}).</source>
        <translation>The proposal has moved on meanwhile (now: {state}).</translation>
    </message>
    <message>
        <source>This version was sent before with other content.</source>
        <translation>This version was sent before with other content.</translation>
    </message>
    <message>
        <source>Send it again: it becomes the next version.</source>
        <translation>Send it again: it becomes the next version.</translation>
    </message>
    <message>
        <source>Plan, title, ground or reason is still missing.</source>
        <translation>Plan, title, ground or reason is still missing.</translation>
    </message>
    <message>
        <source>Fill in what is marked, then send.</source>
        <translation>Fill in what is marked, then send.</translation>
    </message>
    <message>
        <source>The result has changed since you looked at it, so nothing was decided.</source>
        <translation>The result has changed since you looked at it, so nothing was decided.</translation>
    </message>
    <message>
        <source>Look at it again, then decide.</source>
        <translation>Look at it again, then decide.</translation>
    </message>
    <message>
        <source>The planning rules find errors in the result, so it can&apos;t be approved.</source>
        <translation>The planning rules find errors in the result, so it can't be approved.</translation>
    </message>
    <message>
        <source>See the list of findings; return the proposal with the reason.</source>
        <translation>See the list of findings; return the proposal with the reason.</translation>
    </message>
    <message>
        <source>A file of the proposal hasn&apos;t reached the province.</source>
        <translation>A file of the proposal hasn't reached the province.</translation>
    </message>
    <message>
        <source>Send again: the file goes along.</source>
        <translation>Send again: the file goes along.</translation>
    </message>
    <message>
        <source>A file was altered on its way to the province.</source>
        <translation>A file was altered on its way to the province.</translation>
    </message>
    <message>
        <source>Send again.</source>
        <translation>Send again.</translation>
    </message>
    <message>
        <source>The file can&apos;t be read.</source>
        <translation>The file can't be read.</translation>
    </message>
    <message>
        <source>Close it in other programs, or choose another file.</source>
        <translation>Close it in other programs, or choose another file.</translation>
    </message>
    <message>
        <source>The hub refused the content as invalid.</source>
        <translation>The hub refused the content as invalid.</translation>
    </message>
    <message>
        <source>Correct the features in the list of problems, then send again.</source>
        <translation>Correct the features in the list of problems, then send again.</translation>
    </message>
    <message>
        <source>Draw the shape again, or delete the feature.</source>
        <translation>Draw the shape again, or delete the feature.</translation>
    </message>
    <message>
        <source>The shape can&apos;t be read, or has curves.</source>
        <translation>The shape can't be read, or has curves.</translation>
    </message>
    <message>
        <source>The shape has curves, which the standard doesn&apos;t know.</source>
        <translation>The shape has curves, which the standard doesn't know.</translation>
    </message>
    <message>
        <source>Replace the curve by short straight lines.</source>
        <translation>Replace the curve by short straight lines.</translation>
    </message>
    <message>
        <source>The feature has no shape.</source>
        <translation>The feature has no shape.</translation>
    </message>
    <message>
        <source>The shape crosses or touches itself.</source>
        <translation>The shape crosses or touches itself.</translation>
    </message>
    <message>
        <source>Correct it with the vertex tool.</source>
        <translation>Correct it with the vertex tool.</translation>
    </message>
    <message>
        <source>A corner of the shape has no usable coordinates.</source>
        <translation>A corner of the shape has no usable coordinates.</translation>
    </message>
    <message>
        <source>The shape is of another kind than the layer ({found}).</source>
        <translation>The shape is of another kind than the layer ({found}).</translation>
    </message>
    <message>
        <source>“{value}” doesn't fit the attribute “{field}”.</source>
        <translation>“{value}” doesn't fit the attribute “{field}”.</translation>
    </message>
    <message>
        <source>Correct it in the attribute form.</source>
        <translation>Correct it in the attribute form.</translation>
    </message>
    <message>
        <source>The text of “{field}” is too long: {length} characters, at most {limit}.</source>
        <translation>The text of “{field}” is too long: {length} characters, at most {limit}.</translation>
    </message>
    <message>
        <source>Shorten it in the attribute form.</source>
        <translation>Shorten it in the attribute form.</translation>
    </message>
    <message>
        <source>The feature belongs to no plan.</source>
        <translation>The feature belongs to no plan.</translation>
    </message>
    <message>
        <source>Choose the plan in the attribute form.</source>
        <translation>Choose the plan in the attribute form.</translation>
    </message>
    <message>
        <source>The hub doesn't know the layer “{layer}”.</source>
        <translation>The hub doesn't know the layer “{layer}”.</translation>
    </message>
    <message>
        <source>The layer “{layer}” has no attribute “{field}” at the province.</source>
        <translation>The layer “{layer}” has no attribute “{field}” at the province.</translation>
    </message>
    <message>
        <source>Commune planning</source>
        <translation>Commune planning</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>C&amp;lose</translation>
    </message>
    <message>
        <source>No data is lost.</source>
        <translation>No data is lost.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Get data</source>
        <translation>Get data</translation>
    </message>
    <message>
        <source>Bring back the record</source>
        <translation>Bring back the record</translation>
    </message>
    <message>
        <source>Split by plan</source>
        <translation>Split by plan</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Show conflicts</source>
        <translation>Show conflicts</translation>
    </message>
    <message>
        <source>The province&apos;s changes did not arrive whole.</source>
        <translation>The province's changes did not arrive whole.</translation>
    </message>
    <message>
        <source>Another QGIS has brought the working copy up to date meanwhile.</source>
        <translation>Another QGIS has brought the working copy up to date meanwhile.</translation>
    </message>
    <message>
        <source>Get the data again.</source>
        <translation>Get the data again.</translation>
    </message>
    <message>
        <source>There is a working copy already, and it is never overwritten.</source>
        <translation>There is a working copy already, and it is never overwritten.</translation>
    </message>
    <message>
        <source>Open it, or move the file away first.</source>
        <translation>Open it, or move the file away first.</translation>
    </message>
    <message>
        <source>The working copy can&apos;t be read.</source>
        <translation>The working copy can't be read.</translation>
    </message>
    <message>
        <source>The recording of changes is switched off.</source>
        <translation>The recording of changes is switched off.</translation>
    </message>
    <message>
        <source>The layer “{layer}” has lost its spatial index.</source>
        <translation>The layer “{layer}” has lost its spatial index.</translation>
    </message>
    <message>
        <source>The layer “{layer}” is no longer listed in the file.</source>
        <translation>The layer “{layer}” is no longer listed in the file.</translation>
    </message>
    <message>
        <source>The layer “{layer}” is missing from the file.</source>
        <translation>The layer “{layer}” is missing from the file.</translation>
    </message>
    <message>
        <source>Bring the record back: the layer is restored as the province sent it.</source>
        <translation>Bring the record back: the layer is restored as the province sent it.</translation>
    </message>
    <message>
        <source>Edits of this layer that were not sent may be gone.</source>
        <translation>Edits of this layer that were not sent may be gone.</translation>
    </message>
    <message>
        <source>The layer “{layer}” can't be read.</source>
        <translation>The layer “{layer}” can't be read.</translation>
    </message>
    <message>
        <source>Some of the changes are in a proposal that isn&apos;t decided yet.</source>
        <translation>Some of the changes are in a proposal that isn't decided yet.</translation>
    </message>
    <message>
        <source>Leave them out, or withdraw that proposal first.</source>
        <translation>Leave them out, or withdraw that proposal first.</translation>
    </message>
    <message>
        <source>Some features can&apos;t be sent as they are.</source>
        <translation>Some features can't be sent as they are.</translation>
    </message>
    <message>
        <source>This draft isn&apos;t in the working copy any more.</source>
        <translation>This draft isn't in the working copy any more.</translation>
    </message>
    <message>
        <source>The file is larger than the hub accepts.</source>
        <translation>The file is larger than the hub accepts.</translation>
    </message>
    <message>
        <source>Make it smaller: 20 MB at most.</source>
        <translation>Make it smaller: 20 MB at most.</translation>
    </message>
    <message>
        <source>The plan of the feature isn&apos;t at the province.</source>
        <translation>The plan of the feature isn't at the province.</translation>
    </message>
    <message>
        <source>The feature has no identity of its own.</source>
        <translation>The feature has no identity of its own.</translation>
    </message>
    <message>
        <source>Copy it, paste it into the same layer and delete the old one.</source>
        <translation>Copy it, paste it into the same layer and delete the old one.</translation>
    </message>
    <message>
        <source>The copy of the province&apos;s data that is kept for comparing is missing or damaged.</source>
        <translation>The copy of the province's data that is kept for comparing is missing or damaged.</translation>
    </message>
    <message>
        <source>The layer “{layer}” could not be saved; your edits are still in QGIS.</source>
        <translation>The layer “{layer}” could not be saved; your edits are still in QGIS.</translation>
    </message>
    <message>
        <source>Wait a moment and save the layer again.</source>
        <translation>Wait a moment and save the layer again.</translation>
    </message>
    <message>
        <source>This conflict is decided already.</source>
        <translation>This conflict is decided already.</translation>
    </message>
    <message>
        <source>In this conflict something is still undecided.</source>
        <translation>In this conflict something is still undecided.</translation>
    </message>
    <message>
        <source>Choose a side in each marked line, then apply.</source>
        <translation>Choose a side in each marked line, then apply.</translation>
    </message>
    <message>
        <source>This can&apos;t be chosen here, so nothing was decided.</source>
        <translation>This can't be chosen here, so nothing was decided.</translation>
    </message>
    <message>
        <source>Choose one side for values that belong together.</source>
        <translation>Choose one side for values that belong together.</translation>
    </message>
    <message>
        <source>This decision can&apos;t be undone any more: the feature has changed since.</source>
        <translation>This decision can't be undone any more: the feature has changed since.</translation>
    </message>
    <message>
        <source>Edit the feature, or revert its change.</source>
        <translation>Edit the feature, or revert its change.</translation>
    </message>
    <message>
        <source>The province has removed or remade what this working copy has: {obstacles}. It can&apos;t be updated.</source>
        <translation>The province has removed or remade what this working copy has: {obstacles}. It can't be updated.</translation>
    </message>
    <message>
        <source>Nothing is lost: your edits ({edits}) are still here, and also in {path}.</source>
        <translation>Nothing is lost: your edits ({edits}) are still here, and also in {path}.</translation>
    </message>
    <message>
        <source>Get a fresh working copy</source>
        <translation>Get a fresh working copy</translation>
    </message>
    <message>
        <source>Your drawing is still in the file.</source>
        <translation>Your drawing is still in the file.</translation>
    </message>
    <message>
        <source>The province may have received this proposal already, so it can&apos;t be taken back here.</source>
        <translation>The province may have received this proposal already, so it can't be taken back here.</translation>
    </message>
    <message>
        <source>Send it; then it can be withdrawn.</source>
        <translation>Send it; then it can be withdrawn.</translation>
    </message>
    <message>
        <source>A text of the proposal is too long: {length} characters, at most {limit}.</source>
        <translation>A text of the proposal is too long: {length} characters, at most {limit}.</translation>
    </message>
    <message>
        <source>Shorten it, then send again.</source>
        <translation>Shorten it, then send again.</translation>
    </message>
    <message>
        <source>A text of the proposal has characters that can&apos;t be sent.</source>
        <translation>A text of the proposal has characters that can't be sent.</translation>
    </message>
    <message>
        <source>Type it again instead of pasting it, then send again.</source>
        <translation>Type it again instead of pasting it, then send again.</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring the record back: until then nothing is pulled or sent.</source>
        <translation>Bring the record back: until then nothing is pulled or sent.</translation>
    </message>
    <message>
        <source>The record of changes is damaged; your drawing is safe.</source>
        <translation>The record of changes is damaged; your drawing is safe.</translation>
    </message>
    <message>
        <source>A layer is missing from the working copy.</source>
        <translation>A layer is missing from the working copy.</translation>
    </message>
    <message>
        <source>Return the proposal: the commune gets the data, decides the conflicts and sends again.</source>
        <translation>Return the proposal: the commune gets the data, decides the conflicts and sends again.</translation>
    </message>
    <message>
        <source>{count} of these features were changed by somebody else too, and it isn&apos;t decided what stands.</source>
        <translation>{count} of these features were changed by somebody else too, and it isn't decided what stands.</translation>
    </message>
    <message>
        <source>Decide the conflicts, then send.</source>
        <translation>Decide the conflicts, then send.</translation>
    </message>
    <message>
        <source>A constraint that another program put on the working copy doesn&apos;t allow this.</source>
        <translation>A constraint that another program put on the working copy doesn't allow this.</translation>
    </message>
    <message>
        <source>Remove that constraint (often a unique index) from the table, then try again.</source>
        <translation>Remove that constraint (often a unique index) from the table, then try again.</translation>
    </message>
    <message>
        <source>Check Settings → Options → Network → Proxy in QGIS; what is waiting is sent afterwards.</source>
        <translation>Check Settings → Options → Network → Proxy in QGIS; what is waiting is sent afterwards.</translation>
    </message>
    <message>
        <source>The proxy server on the way to the province doesn&apos;t answer or refuses.</source>
        <translation>The proxy server on the way to the province doesn't answer or refuses.</translation>
    </message>
    <message>
        <source>The proxy server on the way to the province doesn&apos;t accept the name or password set for it in QGIS.</source>
        <translation>The proxy server on the way to the province doesn't accept the name or password set for it in QGIS.</translation>
    </message>
    <message>
        <source>A part of the proposal or its files was lost on its way to the province.</source>
        <translation>A part of the proposal or its files was lost on its way to the province.</translation>
    </message>
    <message>
        <source>It stays here and is sent again.</source>
        <translation>It stays here and is sent again.</translation>
    </message>
    <message>
        <source>A layer is still being edited ({layer}), so nothing was written under it.</source>
        <translation>A layer is still being edited ({layer}), so nothing was written under it.</translation>
    </message>
    <message>
        <source>Save your edits, leave edit mode, then do it again.</source>
        <translation>Save your edits, leave edit mode, then do it again.</translation>
    </message>
    <message>
        <source>Another proposal that isn&apos;t decided yet builds on this one.</source>
        <translation>Another proposal that isn't decided yet builds on this one.</translation>
    </message>
    <message>
        <source>Take back or withdraw that one first; its changes stay with you.</source>
        <translation>Take back or withdraw that one first; its changes stay with you.</translation>
    </message>
    <message>
        <source>The proposal builds on others that aren&apos;t decided yet, so it can&apos;t be approved before them.</source>
        <translation>The proposal builds on others that aren't decided yet, so it can't be approved before them.</translation>
    </message>
    <message>
        <source>Decide on the proposals that it builds on first; they are named at its head.</source>
        <translation>Decide on the proposals that it builds on first; they are named at its head.</translation>
    </message>
    <message>
        <source>A proposal that this one is linked with was rejected, so this one can&apos;t be approved as it is.</source>
        <translation>A proposal that this one is linked with was rejected, so this one can't be approved as it is.</translation>
    </message>
    <message>
        <source>Return it with the reason: the commune takes out what both share, and sends again.</source>
        <translation>Return it with the reason: the commune takes out what both share, and sends again.</translation>
    </message>
    <message>
        <source>The proposal that this one builds on isn&apos;t at the province, or was rejected or withdrawn there.</source>
        <translation>The proposal that this one builds on isn't at the province, or was rejected or withdrawn there.</translation>
    </message>
    <message>
        <source>Look at your changes, then send them again: all of them that are still wanted.</source>
        <translation>Look at your changes, then send them again: all of them that are still wanted.</translation>
    </message>
    <message>
        <source>The proposal can&apos;t be linked with the other one as it is at the province.</source>
        <translation>The proposal can't be linked with the other one as it is at the province.</translation>
    </message>
    <message>
        <source>Send the changes again, in proposals of their own.</source>
        <translation>Send the changes again, in proposals of their own.</translation>
    </message>
    <message>
        <source>The fresh data could not take over all of your changes, so nothing was changed.</source>
        <translation>The fresh data could not take over all of your changes, so nothing was changed.</translation>
    </message>
    <message>
        <source>You can go on working. Send the details to the province&apos;s support.</source>
        <translation>You can go on working. Send the details to the province's support.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t accept this working copy&apos;s name.</source>
        <translation>The hub doesn't accept this working copy's name.</translation>
    </message>
    <message>
        <source>Send the details to the province&apos;s support.</source>
        <translation>Send the details to the province's support.</translation>
    </message>
    <message>
        <source>The hub can&apos;t take the unsent work in for safekeeping. It stays on this computer.</source>
        <translation>The hub can't take the unsent work in for safekeeping. It stays on this computer.</translation>
    </message>
    <message>
        <source>This account doesn&apos;t work for the commune.</source>
        <translation>This account doesn't work for the commune.</translation>
    </message>
    <message>
        <source>Choose a colleague from the list.</source>
        <translation>Choose a colleague from the list.</translation>
    </message>
    <message>
        <source>A feature was edited while the province&apos;s changes were being written.</source>
        <translation>A feature was edited while the province's changes were being written.</translation>
    </message>
    <message>
        <source>The disk that the working copy lies on is full.</source>
        <translation>The disk that the working copy lies on is full.</translation>
    </message>
    <message>
        <source>Free some space on it, then try again.</source>
        <translation>Free some space on it, then try again.</translation>
    </message>
    <message>
        <source>Nothing is lost: everything is as it was before this step.</source>
        <translation>Nothing is lost: everything is as it was before this step.</translation>
    </message>
    <message>
        <source>Look at that one again and agree to it, then to this one.</source>
        <translation>Look at that one again and agree to it, then to this one.</translation>
    </message>
    <message>
        <source>The working copy is write-protected: it can be read, and nothing can be drawn or sent.</source>
        <translation>The working copy is write-protected: it can be read, and nothing can be drawn or sent.</translation>
    </message>
    <message>
        <source>Take the write protection off the file and its folder, or go on with a copy on this computer.</source>
        <translation>Take the write protection off the file and its folder, or go on with a copy on this computer.</translation>
    </message>
    <message>
        <source>Go on with a copy on this computer&apos;s own disk; the file on the network drive stays as it is.</source>
        <translation>Go on with a copy on this computer's own disk; the file on the network drive stays as it is.</translation>
    </message>
    <message>
        <source>Copy to this computer</source>
        <translation>Copy to this computer</translation>
    </message>
    <message>
        <source>Linked proposal no. {number} has changed since it was agreed to, so nothing was applied.</source>
        <translation>Linked proposal no. {number} has changed since it was agreed to, so nothing was applied.</translation>
    </message>
    <message>
        <source>The province keeps no more unsent work of your account; what is new or changed is on this computer alone.</source>
        <translation>The province keeps no more unsent work of your account; what is new or changed is on this computer alone.</translation>
    </message>
    <message>
        <source>Too many files of your account wait at the province for a proposal that names them.</source>
        <translation>Too many files of your account wait at the province for a proposal that names them.</translation>
    </message>
    <message>
        <source>Too many wait for the province&apos;s news at the moment.</source>
        <translation>Too many wait for the province's news at the moment.</translation>
    </message>
    <message>
        <source>Send or revert what is finished, or have the administrator clear what your other computers left.</source>
        <translation>Send or revert what is finished, or have the administrator clear what your other computers left.</translation>
    </message>
    <message>
        <source>Send the proposals that they belong to, then send this one again. What none names is removed in time.</source>
        <translation>Send the proposals that they belong to, then send this one again. What none names is removed in time.</translation>
    </message>
    <message>
        <source>A planning hub answers at {url}, but without encryption: the address was tried with https.</source>
        <translation>A planning hub answers at {url}, but without encryption: the address was tried with https.</translation>
    </message>
    <message>
        <source>A hub answers at this address, but without encryption: anybody on the way could read along.</source>
        <translation>A hub answers at this address, but without encryption: anybody on the way could read along.</translation>
    </message>
    <message>
        <source>Nothing was sent, your password neither. Ask the province&apos;s administrator for an address with https.</source>
        <translation>Nothing was sent, your password neither. Ask the province's administrator for an address with https.</translation>
    </message>
    <message>
        <source>Nothing was sent. In your own office type {url}; others there could read the password.</source>
        <translation>Nothing was sent. In your own office type {url}; others there could read the password.</translation>
    </message>
    <message>
        <source>Get a fresh working copy: what you drew and wrote is taken along. This one stays beside it.</source>
        <translation>Get a fresh working copy: what you drew and wrote is taken along. This one stays beside it.</translation>
    </message>
    <message>
        <source>Open the decision again and look at what is recorded now.</source>
        <translation>Open the decision again and look at what is recorded now.</translation>
    </message>
    <message>
        <source>The map differs from what the decision states, so it was not put into force.</source>
        <translation>The map differs from what the decision states, so it was not put into force.</translation>
    </message>
    <message>
        <source>A decision has been recorded for this proposal already.</source>
        <translation>A decision has been recorded for this proposal already.</translation>
    </message>
    <message>
        <source>Somebody else has recorded the decision anew meanwhile.</source>
        <translation>Somebody else has recorded the decision anew meanwhile.</translation>
    </message>
    <message>
        <source>This decision is in force already.</source>
        <translation>This decision is in force already.</translation>
    </message>
    <message>
        <source>A decision can&apos;t be in force before the day on which it was signed.</source>
        <translation>A decision can't be in force before the day on which it was signed.</translation>
    </message>
    <message>
        <source>Correct one of the two days.</source>
        <translation>Correct one of the two days.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t understand the decision as it was sent.</source>
        <translation>The hub doesn't understand the decision as it was sent.</translation>
    </message>
    <message>
        <source>A colleague has marked this task as done already.</source>
        <translation>A colleague has marked this task as done already.</translation>
    </message>
    <message>
        <source>Refresh the list to see who and when.</source>
        <translation>Refresh the list to see who and when.</translation>
    </message>
    <message>
        <source>Correct the record or ask for a new proposal; an approver may confirm the difference with a reason.</source>
        <translation>Correct the record or ask for a new proposal; an approver may confirm the difference with a reason.</translation>
    </message>
    <message>
        <source>By the matrix of authority somebody else takes this step.</source>
        <translation>By the matrix of authority somebody else takes this step.</translation>
    </message>
    <message>
        <source>The line “Authority” in the review says who.</source>
        <translation>The line “Authority” in the review says who.</translation>
    </message>
    <message>
        <source>Who appraised a proposal doesn&apos;t approve it: the appraisal is a step of its own here.</source>
        <translation>Who appraised a proposal doesn't approve it: the appraisal is a step of its own here.</translation>
    </message>
    <message>
        <source>The proposal hasn&apos;t been appraised yet, and can&apos;t be approved before.</source>
        <translation>The proposal hasn't been appraised yet, and can't be approved before.</translation>
    </message>
    <message>
        <source>The line “Waits for” in the review says who appraises it.</source>
        <translation>The line “Waits for” in the review says who appraises it.</translation>
    </message>
    <message>
        <source>Communes that the changes reach into haven&apos;t consented: {communes}.</source>
        <translation>Communes that the changes reach into haven't consented: {communes}.</translation>
    </message>
    <message>
        <source>Wait for them, or tick that the province decides without them; then approve again.</source>
        <translation>Wait for them, or tick that the province decides without them; then approve again.</translation>
    </message>
    <message>
        <source>Tell the province&apos;s administrator and inspectors: what was seen is kept in this working copy as proof.</source>
        <translation>Tell the province's administrator and inspectors: what was seen is kept in this working copy as proof.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions isn&apos;t the one that this computer has seen.</source>
        <translation>The province's record of decisions isn't the one that this computer has seen.</translation>
    </message>
    <message>
        <source>The state of the province&apos;s record of decisions isn&apos;t signed by the hub, and was not kept.</source>
        <translation>The state of the province's record of decisions isn't signed by the hub, and was not kept.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions is signed with another key than on {seen_at}.</source>
        <translation>The province's record of decisions is signed with another key than on {seen_at}.</translation>
    </message>
    <message>
        <source>Ask the province&apos;s administrator whether the key was renewed. The former one is {key}.</source>
        <translation>Ask the province's administrator whether the key was renewed. The former one is {key}.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions is signed with another key.</source>
        <translation>The province's record of decisions is signed with another key.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions isn&apos;t the one seen here on {seen_at}: after {agreed_at} it was altered.</source>
        <translation>The province's record of decisions isn't the one seen here on {seen_at}: after {agreed_at} it was altered.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions isn&apos;t the one seen here on {seen_at}, nor any seen before.</source>
        <translation>The province's record of decisions isn't the one seen here on {seen_at}, nor any seen before.</translation>
    </message>
    <message>
        <source>What you wrote is kept here: write it anew or discard it.</source>
        <translation>What you wrote is kept here: write it anew or discard it.</translation>
    </message>
    <message>
        <source>The proposal is decided; nothing can be added to its discussion.</source>
        <translation>The proposal is decided; nothing can be added to its discussion.</translation>
    </message>
    <message>
        <source>Your account has said as much as the hub takes in a day.</source>
        <translation>Your account has said as much as the hub takes in a day.</translation>
    </message>
    <message>
        <source>What you wrote waits here and leaves by itself later.</source>
        <translation>What you wrote waits here and leaves by itself later.</translation>
    </message>
    <message>
        <source>This proposal&apos;s discussion is as long as the hub keeps.</source>
        <translation>This proposal's discussion is as long as the hub keeps.</translation>
    </message>
    <message>
        <source>The remark that this answers isn&apos;t there (any more).</source>
        <translation>The remark that this answers isn't there (any more).</translation>
    </message>
    <message>
        <source>The proposal has no such change in this version.</source>
        <translation>The proposal has no such change in this version.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t understand what was said.</source>
        <translation>The hub doesn't understand what was said.</translation>
    </message>
    <message>
        <source>Agencies that were asked still have time for their opinion; nothing was approved.</source>
        <translation>Agencies that were asked still have time for their opinion; nothing was approved.</translation>
    </message>
    <message>
        <source>Wait until their last day, or withdraw the request in the tab Opinions and say why.</source>
        <translation>Wait until their last day, or withdraw the request in the tab Opinions and say why.</translation>
    </message>
    <message>
        <source>The last day for this opinion is over.</source>
        <translation>The last day for this opinion is over.</translation>
    </message>
    <message>
        <source>The province has withdrawn its request for this opinion.</source>
        <translation>The province has withdrawn its request for this opinion.</translation>
    </message>
    <message>
        <source>This agency has been asked already, and has still time to answer.</source>
        <translation>This agency has been asked already, and has still time to answer.</translation>
    </message>
    <message>
        <source>The request or opinion that this belongs to isn&apos;t there.</source>
        <translation>The request or opinion that this belongs to isn't there.</translation>
    </message>
    <message>
        <source>The last day for an opinion lies in the past, or more than a year ahead.</source>
        <translation>The last day for an opinion lies in the past, or more than a year ahead.</translation>
    </message>
    <message>
        <source>Choose another day.</source>
        <translation>Choose another day.</translation>
    </message>
    <message>
        <source>This agency can&apos;t be asked (any more).</source>
        <translation>This agency can't be asked (any more).</translation>
    </message>
    <message>
        <source>The feature that the suggestion is for isn&apos;t in your working copy.</source>
        <translation>The feature that the suggestion is for isn't in your working copy.</translation>
    </message>
    <message>
        <source>Look at the suggestion on the map and draw it yourself where it still makes sense.</source>
        <translation>Look at the suggestion on the map and draw it yourself where it still makes sense.</translation>
    </message>
    <message>
        <source>The feature has changed since the suggestion was made, so it was not taken over.</source>
        <translation>The feature has changed since the suggestion was made, so it was not taken over.</translation>
    </message>
    <message>
        <source>The layer can&apos;t be edited now, so the suggestion was not taken over.</source>
        <translation>The layer can't be edited now, so the suggestion was not taken over.</translation>
    </message>
    <message>
        <source>Wait until what runs is done, then try again.</source>
        <translation>Wait until what runs is done, then try again.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>The file could not be written.</translation>
    </message>
    <message>
        <source>Choose another folder, or close the file where it is open.</source>
        <translation>Choose another folder, or close the file where it is open.</translation>
    </message>
    <message>
        <source>Only the head of the commune delegates the signature.</source>
        <translation>Only the head of the commune delegates the signature.</translation>
    </message>
    <message>
        <source>This colleague can&apos;t sign for you: the account has no role in the commune, or is closed.</source>
        <translation>This colleague can't sign for you: the account has no role in the commune, or is closed.</translation>
    </message>
    <message>
        <source>Choose somebody else, or ask the province&apos;s administrator.</source>
        <translation>Choose somebody else, or ask the province's administrator.</translation>
    </message>
    <message>
        <source>This can&apos;t be delegated: an approval is the approver&apos;s own.</source>
        <translation>This can't be delegated: an approval is the approver's own.</translation>
    </message>
    <message>
        <source>Choose other acts.</source>
        <translation>Choose other acts.</translation>
    </message>
    <message>
        <source>The delegation would end before it begins, or is over already.</source>
        <translation>The delegation would end before it begins, or is over already.</translation>
    </message>
    <message>
        <source>The layer can&apos;t be edited now, so nothing was brought back.</source>
        <translation>The layer can't be edited now, so nothing was brought back.</translation>
    </message>
    <message>
        <source>Wait until the data is written, or open a working copy that can be edited.</source>
        <translation>Wait until the data is written, or open a working copy that can be edited.</translation>
    </message>
    <message>
        <source>Somebody else has changed this feature too: decide on that first.</source>
        <translation>Somebody else has changed this feature too: decide on that first.</translation>
    </message>
    <message>
        <source>Resolve the conflict, then bring the former state back.</source>
        <translation>Resolve the conflict, then bring the former state back.</translation>
    </message>
    <message>
        <source>Part of this former state isn&apos;t shown to your account, so it can&apos;t be brought back.</source>
        <translation>Part of this former state isn't shown to your account, so it can't be brought back.</translation>
    </message>
    <message>
        <source>Ask somebody at the province who may see all of it.</source>
        <translation>Ask somebody at the province who may see all of it.</translation>
    </message>
    <message>
        <source>The province has this feature, but your working copy doesn&apos;t, so nothing was changed.</source>
        <translation>The province has this feature, but your working copy doesn't, so nothing was changed.</translation>
    </message>
    <message>
        <source>Get the data anew and try again; what lies outside your commune&apos;s area can&apos;t be edited here.</source>
        <translation>Get the data anew and try again; what lies outside your commune's area can't be edited here.</translation>
    </message>
    <message>
        <source>Nothing proves the other key: ask the province&apos;s administrator by telephone whether it is {key}.</source>
        <translation>Nothing proves the other key: ask the province's administrator by telephone whether it is {key}.</translation>
    </message>
    <message>
        <source>The key to the province&apos;s record of decisions was lost, and replaced by another.</source>
        <translation>The key to the province's record of decisions was lost, and replaced by another.</translation>
    </message>
    <message>
        <source>The province says that the key to its record of decisions was lost ({seen_at}: {reason}), and has another.</source>
        <translation>The province says that the key to its record of decisions was lost ({seen_at}: {reason}), and has another.</translation>
    </message>
    <message>
        <source>Not all that this proposal changes may be shown to you, so somebody at the province decides on it.</source>
        <translation>Not all that this proposal changes may be shown to you, so somebody at the province decides on it.</translation>
    </message>
    <message>
        <source>Nothing was changed. The proposal is in the province&apos;s inbox.</source>
        <translation>Nothing was changed. The proposal is in the province's inbox.</translation>
    </message>
    <message>
        <source>The file in which your remarks wait can&apos;t be read any more; it was put aside: {path}</source>
        <translation>The file in which your remarks wait can't be read any more; it was put aside: {path}</translation>
    </message>
    <message>
        <source>Look whether your last remarks are there, and write again what is missing.</source>
        <translation>Look whether your last remarks are there, and write again what is missing.</translation>
    </message>
    <message>
        <source>What had been sent is safe at the province.</source>
        <translation>What had been sent is safe at the province.</translation>
    </message>
</context>
<context>
    <name>Expressions</name>
    <message>
        <source>Text of an old drawing as Unicode: choose by the font it was written for (.Vn…, VNI-…).</source>
        <translation>Text of an old drawing as Unicode: choose by the font it was written for (.Vn…, VNI-…).</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>(not chosen)</source>
        <translation>(not chosen)</translation>
    </message>
    <message>
        <source>Main attributes</source>
        <translation>Main attributes</translation>
    </message>
    <message>
        <source>Other attributes</source>
        <translation>Other attributes</translation>
    </message>
    <message>
        <source>Computed from the shape</source>
        <translation>Computed from the shape</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>&amp;Restore to this state</source>
        <translation>&amp;Restore to this state</translation>
    </message>
    <message>
        <source>States of the feature, the newest first</source>
        <translation>States of the feature, the newest first</translation>
    </message>
    <message>
        <source>Select a feature on the map or in a list: here is what happened to it.</source>
        <translation>Select a feature on the map or in a list: here is what happened to it.</translation>
    </message>
    <message>
        <source>The province doesn&apos;t know this feature yet: it is new here.</source>
        <translation>The province doesn't know this feature yet: it is new here.</translation>
    </message>
    <message>
        <source>The history is kept at the province: it needs a connection.</source>
        <translation>The history is kept at the province: it needs a connection.</translation>
    </message>
    <message>
        <source>Being fetched…</source>
        <translation>Being fetched…</translation>
    </message>
    <message>
        <source>The feature becomes as it was then, as an edit of yours that you save, propose, or undo</source>
        <translation>The feature becomes as it was then, as an edit of yours that you save, propose, or undo</translation>
    </message>
    <message>
        <source>This is how it is now</source>
        <translation>This is how it is now</translation>
    </message>
    <message>
        <source>Back to the state of {time}</source>
        <translation>Back to the state of {time}</translation>
    </message>
    <message>
        <source>put into force</source>
        <translation>put into force</translation>
    </message>
    <message>
        <source>Proposal {number}: {title}</source>
        <translation>Proposal {number}: {title}</translation>
    </message>
    <message>
        <source>Decision {number}, in force from {day}</source>
        <translation>Decision {number}, in force from {day}</translation>
    </message>
    <message>
        <source>Decision {number}, not in force yet</source>
        <translation>Decision {number}, not in force yet</translation>
    </message>
    <message>
        <source>Its decision hasn&apos;t been recorded yet</source>
        <translation>Its decision hasn't been recorded yet</translation>
    </message>
    <message>
        <source>Day of the past</source>
        <translation>Day of the past</translation>
    </message>
    <message>
        <source>in force on</source>
        <translation>in force on</translation>
    </message>
    <message>
        <source>known to the database on</source>
        <translation>known to the database on</translation>
    </message>
    <message>
        <source>What is asked of that day</source>
        <translation>What is asked of that day</translation>
    </message>
    <message>
        <source>Show the &amp;map of that day</source>
        <translation>Show the &amp;map of that day</translation>
    </message>
    <message>
        <source>Back to &amp;today</source>
        <translation>Back to &amp;today</translation>
    </message>
    <message>
        <source>It can only be read.</source>
        <translation>It can only be read.</translation>
    </message>
    <message>
        <source>The past is kept at the province: it needs a connection, and a sign-in.</source>
        <translation>The past is kept at the province: it needs a connection, and a sign-in.</translation>
    </message>
    <message>
        <source>Close the open proposal first.</source>
        <translation>Close the open proposal first.</translation>
    </message>
    <message>
        <source>Save your edits and stop drawing first.</source>
        <translation>Save your edits and stop drawing first.</translation>
    </message>
    <message>
        <source>Wait until the running step is done.</source>
        <translation>Wait until the running step is done.</translation>
    </message>
    <message>
        <source>THE PAST: plan in force on {day}</source>
        <translation>THE PAST: plan in force on {day}</translation>
    </message>
    <message>
        <source>THE PAST: what the database knew on {day}</source>
        <translation>THE PAST: what the database knew on {day}</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Feature</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>What is asked of these days</source>
        <translation>What is asked of these days</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Compare</translation>
    </message>
    <message>
        <source>Save as &amp;CSV…</source>
        <translation>Save as &amp;CSV…</translation>
    </message>
    <message>
        <source>Features that aren&apos;t as they were</source>
        <translation>Features that aren't as they were</translation>
    </message>
    <message>
        <source>Choose a plan and two days: what was kept, changed, divided, joined, added or removed.</source>
        <translation>Choose a plan and two days: what was kept, changed, divided, joined, added or removed.</translation>
    </message>
    <message>
        <source>Being compared…</source>
        <translation>Being compared…</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Save the table</translation>
    </message>
    <message>
        <source>The file can&apos;t be written: {reason}</source>
        <translation>The file can't be written: {reason}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>kept</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>modified</translation>
    </message>
    <message>
        <source>divided</source>
        <translation>divided</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>joined</translation>
    </message>
    <message>
        <source>new</source>
        <translation>new</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>removed</translation>
    </message>
    <message>
        <source>before</source>
        <translation>before</translation>
    </message>
    <message>
        <source>after</source>
        <translation>after</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Side</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Area (m²)</source>
        <translation>Area (m²)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>From or to</source>
        <translation>From or to</translation>
    </message>
    <message>
        <source>All: {before} → {after}</source>
        <translation>All: {before} → {after}</translation>
    </message>
    <message>
        <source>&amp;Older states</source>
        <translation>&amp;Older states</translation>
    </message>
    <message>
        <source>&amp;Pick on the map</source>
        <translation>&amp;Pick on the map</translation>
    </message>
    <message>
        <source>Click a feature on the map, also of the past that it shows</source>
        <translation>Click a feature on the map, also of the past that it shows</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>B&amp;ring back as it was then</source>
        <translation>B&amp;ring back as it was then</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>brought back</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Layer</translation>
    </message>
    <message>
        <source>&amp;History of the feature</source>
        <translation>&amp;History of the feature</translation>
    </message>
    <message>
        <source>Length (m)</source>
        <translation>Length (m)</translation>
    </message>
    <message>
        <source>in force, as known at a time</source>
        <translation>in force, as known at a time</translation>
    </message>
    <message>
        <source>as the database knew it on</source>
        <translation>as the database knew it on</translation>
    </message>
    <message>
        <source>THE PAST: plan in force on {day}, as the database knew it on {known}</source>
        <translation>THE PAST: plan in force on {day}, as the database knew it on {known}</translation>
    </message>
    <message>
        <source>Updates of the commune&apos;s data, the newest first</source>
        <translation>Updates of the commune's data, the newest first</translation>
    </message>
    <message>
        <source>Features that the update changed</source>
        <translation>Features that the update changed</translation>
    </message>
    <message>
        <source>&amp;Older ones</source>
        <translation>&amp;Older ones</translation>
    </message>
    <message>
        <source>&amp;More features</source>
        <translation>&amp;More features</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>Re&amp;fresh</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Reference</source>
        <translation>Reference</translation>
    </message>
    <message>
        <source>{commune} – working copy</source>
        <translation>{commune} – working copy</translation>
    </message>
    <message>
        <source>Commune boundaries</source>
        <translation>Commune boundaries</translation>
    </message>
    <message>
        <source>Plan boundaries</source>
        <translation>Plan boundaries</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>Wait until this is done: {job}.</source>
        <translation>Wait until this is done: {job}.</translation>
    </message>
    <message>
        <source>Welcome, {name}.</source>
        <translation>Welcome, {name}.</translation>
    </message>
    <message>
        <source>Signed out. The working copy stays on this computer.</source>
        <translation>Signed out. The working copy stays on this computer.</translation>
    </message>
    <message>
        <source>Sent to the province. You can go on working.</source>
        <translation>Sent to the province. You can go on working.</translation>
    </message>
    <message>
        <source>Signed off; the proposal is at the province now.</source>
        <translation>Signed off; the proposal is at the province now.</translation>
    </message>
    <message>
        <source>Returned with your reason.</source>
        <translation>Returned with your reason.</translation>
    </message>
    <message>
        <source>Rejected with your reason.</source>
        <translation>Rejected with your reason.</translation>
    </message>
    <message>
        <source>Approved. All communes concerned receive it when they next get data.</source>
        <translation>Approved. All communes concerned receive it when they next get data.</translation>
    </message>
    <message>
        <source>Withdrawn; its changes are yours to edit again.</source>
        <translation>Withdrawn; its changes are yours to edit again.</translation>
    </message>
    <message>
        <source>Reverted. The features are as the province has them.</source>
        <translation>Reverted. The features are as the province has them.</translation>
    </message>
    <message>
        <source>The record of changes is back.</source>
        <translation>The record of changes is back.</translation>
    </message>
    <message>
        <source>Stopped, as you asked. Everything is as before.</source>
        <translation>Stopped, as you asked. Everything is as before.</translation>
    </message>
    <message>
        <source>The working copy is no longer where it was. Get the data again.</source>
        <translation>The working copy is no longer where it was. Get the data again.</translation>
    </message>
    <message>
        <source>The connection to the province is back.</source>
        <translation>The connection to the province is back.</translation>
    </message>
    <message>
        <source>No connection to the province. You can go on working.</source>
        <translation>No connection to the province. You can go on working.</translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n added</numerusform>
            <numerusform>%n added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n removed</numerusform>
            <numerusform>%n removed</numerusform>
        </translation>
    </message>
    <message>
        <source>The data is up to date.</source>
        <translation>The data is up to date.</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) were changed by somebody else too: please decide.</source>
        <translation>
            <numerusform>%n feature was changed by somebody else too: please decide.</numerusform>
            <numerusform>%n features were changed by somebody else too: please decide.</numerusform>
        </translation>
    </message>
    <message>
        <source>The proposal is ready and leaves as soon as the province can be reached.</source>
        <translation>The proposal is ready and leaves as soon as the province can be reached.</translation>
    </message>
    <message>
        <source>The commune&apos;s data is on this computer. You can start drawing.</source>
        <translation>The commune's data is on this computer. You can start drawing.</translation>
    </message>
    <message>
        <source>The province&apos;s changes wait until you save your edits and leave edit mode.</source>
        <translation>The province's changes wait until you save your edits and leave edit mode.</translation>
    </message>
    <message>
        <source>Saving “{layer}” again: another program was writing at the same moment.</source>
        <translation>Saving “{layer}” again: another program was writing at the same moment.</translation>
    </message>
    <message>
        <source>The attributes of “{layer}” are set by the national standard and can't be changed.</source>
        <translation>The attributes of “{layer}” are set by the national standard and can't be changed.</translation>
    </message>
    <message numerus="yes">
        <source>%n now outside the commune</source>
        <translation>
            <numerusform>%n now outside the commune</numerusform>
            <numerusform>%n now outside the commune</numerusform>
        </translation>
    </message>
    <message>
        <source>The commune&apos;s data is on this computer: {count} features. You can start drawing.</source>
        <translation>The commune's data is on this computer: {count} features. You can start drawing.</translation>
    </message>
    <message>
        <source>The province has a new layer: {layers}.</source>
        <translation>The province has a new layer: {layers}.</translation>
    </message>
    <message>
        <source>The province has new attributes: {fields}.</source>
        <translation>The province has new attributes: {fields}.</translation>
    </message>
    <message>
        <source>Decided. What you chose is among your changes; it can be undone.</source>
        <translation>Decided. What you chose is among your changes; it can be undone.</translation>
    </message>
    <message>
        <source>The conflict is open again, with the values as before.</source>
        <translation>The conflict is open again, with the values as before.</translation>
    </message>
    <message>
        <source>Your shape is taken. “{layer}” has other unsaved edits: save them, then apply your choice.</source>
        <translation>Your shape is taken. “{layer}” has other unsaved edits: save them, then apply your choice.</translation>
    </message>
    <message>
        <source>Sending is stopped. What has arrived is kept; “Look now” sends the rest.</source>
        <translation>Sending is stopped. What has arrived is kept; “Look now” sends the rest.</translation>
    </message>
    <message>
        <source>The province&apos;s hub was restored from a backup.</source>
        <translation>The province's hub was restored from a backup.</translation>
    </message>
    <message>
        <source>The commune&apos;s area has changed.</source>
        <translation>The commune's area has changed.</translation>
    </message>
    <message>
        <source>The commune&apos;s area has changed. Get the data again: your changes are kept.</source>
        <translation>The commune's area has changed. Get the data again: your changes are kept.</translation>
    </message>
    <message>
        <source>The data was fetched afresh, and your changes are all kept.</source>
        <translation>The data was fetched afresh, and your changes are all kept.</translation>
    </message>
    <message numerus="yes">
        <source>The province&apos;s hub was restored: %n proposal(s) are sent again.</source>
        <translation>
            <numerusform>The province's hub was restored: %n proposal is sent again.</numerusform>
            <numerusform>The province's hub was restored: %n proposals are sent again.</numerusform>
        </translation>
    </message>
    <message>
        <source>Unsent work of this computer was brought to {device} by {name}. It is still here too.</source>
        <translation>Unsent work of this computer was brought to {device} by {name}. It is still here too.</translation>
    </message>
    <message>
        <source>Handed over: {name} can bring it into their own working copy.</source>
        <translation>Handed over: {name} can bring it into their own working copy.</translation>
    </message>
    <message>
        <source>Signed out there. The data and edits on that computer stay on it.</source>
        <translation>Signed out there. The data and edits on that computer stay on it.</translation>
    </message>
    <message>
        <source>Brought here from {device}: {work}.</source>
        <translation>Brought here from {device}: {work}.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differ from what you have here: they stay at the province.</source>
        <translation>
            <numerusform>%n differs from what you have here: it stays at the province.</numerusform>
            <numerusform>%n differ from what you have here: they stay at the province.</numerusform>
        </translation>
    </message>
    <message>
        <source>This file is a copy of one that is used elsewhere; from now on it goes its own way.</source>
        <translation>This file is a copy of one that is used elsewhere; from now on it goes its own way.</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) that waited to be sent are drafts again.</source>
        <translation>
            <numerusform>%n proposal that waited to be sent is a draft again.</numerusform>
            <numerusform>%n proposals that waited to be sent are drafts again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) are restricted now; your edits of them are safe at the province.</source>
        <translation>
            <numerusform>%n feature is restricted now; your edits of it are safe at the province.</numerusform>
            <numerusform>%n features are restricted now; your edits of them are safe at the province.</numerusform>
        </translation>
    </message>
    <message>
        <source>QGIS&apos;s transaction groups are off in this project: they would lock the working copy while you draw.</source>
        <translation>QGIS's transaction groups are off in this project: they would lock the working copy while you draw.</translation>
    </message>
    <message>
        <source>Agreed. It is applied once the proposals that it is linked with are agreed too.</source>
        <translation>Agreed. It is applied once the proposals that it is linked with are agreed too.</translation>
    </message>
    <message>
        <source>The working copy is on this computer now: {path}. The file that it came from stays.</source>
        <translation>The working copy is on this computer now: {path}. The file that it came from stays.</translation>
    </message>
    <message>
        <source>The province&apos;s changes wait: another QGIS on this computer or in the network is editing the file.</source>
        <translation>The province's changes wait: another QGIS on this computer or in the network is editing the file.</translation>
    </message>
    <message>
        <source>Welcome, {name}. You are signed in until QGIS is closed.</source>
        <translation>Welcome, {name}. You are signed in until QGIS is closed.</translation>
    </message>
    <message>
        <source>Welcome, {name}. Signed in until QGIS is closed; no data is lost.</source>
        <translation>Welcome, {name}. Signed in until QGIS is closed; no data is lost.</translation>
    </message>
    <message>
        <source>What your account may see has changed: the data is fetched afresh.</source>
        <translation>What your account may see has changed: the data is fetched afresh.</translation>
    </message>
    <message>
        <source>What your account may see has changed.</source>
        <translation>What your account may see has changed.</translation>
    </message>
    <message>
        <source>Taken along into the fresh working copy: {work}.</source>
        <translation>Taken along into the fresh working copy: {work}.</translation>
    </message>
    <message numerus="yes">
        <source>%n have no place in the new layers: they stay in {path}.</source>
        <translation>
            <numerusform>%n has no place in the new layers: it stays in {path}.</numerusform>
            <numerusform>%n have no place in the new layers: they stay in {path}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The hub was restored from a backup: its record of decisions after {agreed_at} is gone. Your data is kept.</source>
        <translation>The hub was restored from a backup: its record of decisions after {agreed_at} is gone. Your data is kept.</translation>
    </message>
    <message>
        <source>The suggestion is taken over in “{layer}”: look at it, then save. Undo takes it back.</source>
        <translation>The suggestion is taken over in “{layer}”: look at it, then save. Undo takes it back.</translation>
    </message>
    <message>
        <source>Your working copy has it as suggested already.</source>
        <translation>Your working copy has it as suggested already.</translation>
    </message>
    <message>
        <source>No connection: the proposal is shown as it was opened last. What you write waits here.</source>
        <translation>No connection: the proposal is shown as it was opened last. What you write waits here.</translation>
    </message>
    <message>
        <source>The table of opinions is in {path}.</source>
        <translation>The table of opinions is in {path}.</translation>
    </message>
    <message>
        <source>Appraised, and put forward for approval.</source>
        <translation>Appraised, and put forward for approval.</translation>
    </message>
    <message>
        <source>You have consented for your commune.</source>
        <translation>You have consented for your commune.</translation>
    </message>
    <message>
        <source>Marked as checked.</source>
        <translation>Marked as checked.</translation>
    </message>
    <message>
        <source>Your objection is with the commune. What was approved stays in force.</source>
        <translation>Your objection is with the commune. What was approved stays in force.</translation>
    </message>
    <message>
        <source>{name} signs for you from now on, by document {document}.</source>
        <translation>{name} signs for you from now on, by document {document}.</translation>
    </message>
    <message>
        <source>{name} doesn&apos;t sign for you any more.</source>
        <translation>{name} doesn't sign for you any more.</translation>
    </message>
    <message>
        <source>As it was then, as an edit of yours: save it, or undo it. A proposal takes it further.</source>
        <translation>As it was then, as an edit of yours: save it, or undo it. A proposal takes it further.</translation>
    </message>
    <message>
        <source>The change sheet is in {path} ({pages} p.).</source>
        <translation>The change sheet is in {path} ({pages} p.).</translation>
    </message>
</context>
<context>
    <name>Opinions</name>
    <message>
        <source>Agrees</source>
        <translation>Agrees</translation>
    </message>
    <message>
        <source>Agrees, with remarks</source>
        <translation>Agrees, with remarks</translation>
    </message>
    <message>
        <source>Disagrees</source>
        <translation>Disagrees</translation>
    </message>
    <message>
        <source>Taken up</source>
        <translation>Taken up</translation>
    </message>
    <message>
        <source>Explained</source>
        <translation>Explained</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>Overdue – counts as agreed</source>
        <translation>Overdue – counts as agreed</translation>
    </message>
    <message>
        <source>Overdue, no opinion</source>
        <translation>Overdue, no opinion</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>Your opinion until {day}</source>
        <translation>Your opinion until {day}</translation>
    </message>
    <message>
        <source>Opinion given; it can be replaced until {day}</source>
        <translation>Opinion given; it can be replaced until {day}</translation>
    </message>
    <message>
        <source>Overdue since {day} – counts as agreed</source>
        <translation>Overdue since {day} – counts as agreed</translation>
    </message>
    <message>
        <source>Overdue since {day}</source>
        <translation>Overdue since {day}</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>Write the words that belong to it.</source>
        <translation>Write the words that belong to it.</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>Agency</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>Silence is agreement</source>
        <translation>Silence is agreement</translation>
    </message>
    <message>
        <source>Ask for an opinion</source>
        <translation>Ask for an opinion</translation>
    </message>
    <message>
        <source>What it is about (may stay empty)</source>
        <translation>What it is about (may stay empty)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Ask</translation>
    </message>
    <message>
        <source>until</source>
        <translation>until</translation>
    </message>
    <message>
        <source>There is no agency that could be asked: the administrator adds them.</source>
        <translation>There is no agency that could be asked: the administrator adds them.</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Opinion</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation>Add &amp;files…</translation>
    </message>
    <message>
        <source>Remarks, or why you disagree</source>
        <translation>Remarks, or why you disagree</translation>
    </message>
    <message>
        <source>Your opinion</source>
        <translation>Your opinion</translation>
    </message>
    <message>
        <source>&amp;Give the opinion</source>
        <translation>&amp;Give the opinion</translation>
    </message>
    <message>
        <source>“{name}” can't be read.</source>
        <translation>“{name}” can't be read.</translation>
    </message>
    <message>
        <source>“{name}” is too large, or there are too many files.</source>
        <translation>“{name}” is too large, or there are too many files.</translation>
    </message>
    <message>
        <source>Taken up or explained</source>
        <translation>Taken up or explained</translation>
    </message>
    <message>
        <source>How it was taken up, or the explanation</source>
        <translation>How it was taken up, or the explanation</translation>
    </message>
    <message>
        <source>The commune&apos;s answer</source>
        <translation>The commune's answer</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Answer</translation>
    </message>
    <message>
        <source>Withdraw the request</source>
        <translation>Withdraw the request</translation>
    </message>
    <message>
        <source>&amp;Withdraw</source>
        <translation>&amp;Withdraw</translation>
    </message>
    <message>
        <source>Why it is withdrawn</source>
        <translation>Why it is withdrawn</translation>
    </message>
    <message>
        <source>Files of the opinion</source>
        <translation>Files of the opinion</translation>
    </message>
    <message>
        <source>&amp;Ask an agency…</source>
        <translation>&amp;Ask an agency…</translation>
    </message>
    <message>
        <source>&amp;Give the opinion…</source>
        <translation>&amp;Give the opinion…</translation>
    </message>
    <message>
        <source>An&amp;swer…</source>
        <translation>An&amp;swer…</translation>
    </message>
    <message>
        <source>Wit&amp;hdraw…</source>
        <translation>Wit&amp;hdraw…</translation>
    </message>
    <message>
        <source>&amp;Print (PDF)…</source>
        <translation>&amp;Print (PDF)…</translation>
    </message>
    <message>
        <source>Table (CS&amp;V)…</source>
        <translation>Table (CS&amp;V)…</translation>
    </message>
    <message>
        <source>Agencies&apos; opinions</source>
        <translation>Agencies' opinions</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>until {day}</translation>
    </message>
    <message>
        <source>No agency was asked about this proposal.</source>
        <translation>No agency was asked about this proposal.</translation>
    </message>
    <message>
        <source>No connection: what you write waits here and leaves by itself.</source>
        <translation>No connection: what you write waits here and leaves by itself.</translation>
    </message>
    <message>
        <source>Your agency&apos;s opinion is asked for until {day}.</source>
        <translation>Your agency's opinion is asked for until {day}.</translation>
    </message>
    <message>
        <source>Your agency has given its opinion; it can be replaced until {day}.</source>
        <translation>Your agency has given its opinion; it can be replaced until {day}.</translation>
    </message>
    <message numerus="yes">
        <source>%n agency(s) still to answer; the approval waits for them.</source>
        <translation>
            <numerusform>%n agency still to answer; the approval waits for it.</numerusform>
            <numerusform>%n agencies still to answer; the approval waits for them.</numerusform>
        </translation>
    </message>
    <message>
        <source>waits for the connection</source>
        <translation>waits for the connection</translation>
    </message>
    <message>
        <source>Answer to {agency}</source>
        <translation>Answer to {agency}</translation>
    </message>
    <message>
        <source>Withdraw the request to {agency}</source>
        <translation>Withdraw the request to {agency}</translation>
    </message>
    <message>
        <source>Save the table of opinions</source>
        <translation>Save the table of opinions</translation>
    </message>
    <message>
        <source>Opinions</source>
        <translation>Opinions</translation>
    </message>
    <message>
        <source>Agencies&apos; opinions: asked, given, answered</source>
        <translation>Agencies' opinions: asked, given, answered</translation>
    </message>
    <message>
        <source>No agency was asked. The approval waits for those that are asked, until their last day.</source>
        <translation>No agency was asked. The approval waits for those that are asked, until their last day.</translation>
    </message>
    <message>
        <source>Asked by {name}.</source>
        <translation>Asked by {name}.</translation>
    </message>
    <message>
        <source>Withdrawn by {name}: {reason}</source>
        <translation>Withdrawn by {name}: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n agency(s) to answer until {day}</source>
        <translation>
            <numerusform>%n agency to answer until {day}</numerusform>
            <numerusform>%n agencies to answer until {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>The legal term: {basis} (provisional)</source>
        <translation>The legal term: {basis} (provisional)</translation>
    </message>
    <message>
        <source>The legal term: {basis}</source>
        <translation>The legal term: {basis}</translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <source>&amp;Back to the list</source>
        <translation>&amp;Back to the list</translation>
    </message>
    <message>
        <source>The plan that is adjusted</source>
        <translation>The plan that is adjusted</translation>
    </message>
    <message>
        <source>&amp;Split by plan</source>
        <translation>&amp;Split by plan</translation>
    </message>
    <message>
        <source>The legal ground of the adjustment</source>
        <translation>The legal ground of the adjustment</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Check</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>What is adjusted and where, in one line</source>
        <translation>What is adjusted and where, in one line</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Why the plan has to be adjusted here</source>
        <translation>Why the plan has to be adjusted here</translation>
    </message>
    <message>
        <source>1. Plan and changes</source>
        <translation>1. Plan and changes</translation>
    </message>
    <message>
        <source>2. Ground and reason</source>
        <translation>2. Ground and reason</translation>
    </message>
    <message>
        <source>4. Files</source>
        <translation>4. Files</translation>
    </message>
    <message>
        <source>Local adjustment: {layers}</source>
        <translation>Local adjustment: {layers}</translation>
    </message>
    <message>
        <source>Choose one of the eight grounds…</source>
        <translation>Choose one of the eight grounds…</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) belong to other plans and need proposals of their own.</source>
        <translation>
            <numerusform>%n change belongs to another plan and needs a proposal of its own.</numerusform>
            <numerusform>%n changes belong to other plans and need proposals of their own.</numerusform>
        </translation>
    </message>
    <message>
        <source>Example: {text}</source>
        <translation>Example: {text}</translation>
    </message>
    <message>
        <source>Needed: {text}</source>
        <translation>Needed: {text}</translation>
    </message>
    <message>
        <source>⚠ conflict</source>
        <translation>⚠ conflict</translation>
    </message>
    <message>
        <source>Wait until this is done: {job}.</source>
        <translation>Wait until this is done: {job}.</translation>
    </message>
    <message>
        <source>Tick at least one change.</source>
        <translation>Tick at least one change.</translation>
    </message>
    <message>
        <source>Choose the plan.</source>
        <translation>Choose the plan.</translation>
    </message>
    <message>
        <source>Choose the ground.</source>
        <translation>Choose the ground.</translation>
    </message>
    <message>
        <source>Write a title.</source>
        <translation>Write a title.</translation>
    </message>
    <message>
        <source>Write the reason.</source>
        <translation>Write the reason.</translation>
    </message>
    <message numerus="yes">
        <source>Correct %n feature(s) that can&apos;t be sent, see the dock Working copy.</source>
        <translation>
            <numerusform>Correct %n feature that can't be sent, see the dock Working copy.</numerusform>
            <numerusform>Correct %n features that can't be sent, see the dock Working copy.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring back the record of changes first, in the dock Working copy.</source>
        <translation>Bring back the record of changes first, in the dock Working copy.</translation>
    </message>
    <message>
        <source>&amp;Send to the province</source>
        <translation>&amp;Send to the province</translation>
    </message>
    <message numerus="yes">
        <source>on %n layer(s)</source>
        <translation>
            <numerusform>on %n layer</numerusform>
            <numerusform>on %n layers</numerusform>
        </translation>
    </message>
    <message>
        <source>Decisions, minutes, drawings: the evidence for the ground.</source>
        <translation>Decisions, minutes, drawings: the evidence for the ground.</translation>
    </message>
    <message>
        <source>Files of the proposal</source>
        <translation>Files of the proposal</translation>
    </message>
    <message>
        <source>&amp;Add a file…</source>
        <translation>&amp;Add a file…</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Re&amp;move</translation>
    </message>
    <message>
        <source>Add files to the proposal</source>
        <translation>Add files to the proposal</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Proposals</translation>
    </message>
    <message>
        <source>&amp;Edit and send</source>
        <translation>&amp;Edit and send</translation>
    </message>
    <message>
        <source>&amp;Withdraw</source>
        <translation>&amp;Withdraw</translation>
    </message>
    <message>
        <source>Delete &amp;draft</source>
        <translation>Delete &amp;draft</translation>
    </message>
    <message>
        <source>My proposals</source>
        <translation>My proposals</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Proposal</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Since</translation>
    </message>
    <message numerus="yes">
        <source>&amp;New proposal of %n change(s)</source>
        <translation>
            <numerusform>&amp;New proposal of %n change</numerusform>
            <numerusform>&amp;New proposal of %n changes</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;New proposal</source>
        <translation>&amp;New proposal</translation>
    </message>
    <message>
        <source>Draw or edit first: a proposal is made of changes</source>
        <translation>Draw or edit first: a proposal is made of changes</translation>
    </message>
    <message numerus="yes">
        <source>The changes belong to %n plan(s): {names}. A proposal is for one plan only.</source>
        <translation>
            <numerusform>The changes belong to %n plan: {names}. A proposal is for one plan only.</numerusform>
            <numerusform>The changes belong to %n plans: {names}. A proposal is for one plan only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n proposal(s), one for each plan</source>
        <translation>
            <numerusform>Make %n proposal, for its plan</numerusform>
            <numerusform>Make %n proposals, one for each plan</numerusform>
        </translation>
    </message>
    <message>
        <source>No proposals yet. A proposal takes your changes to the province: choose them, give ground and reason, send.</source>
        <translation>No proposals yet. A proposal takes your changes to the province: choose them, give ground and reason, send.</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>Not sent yet. Complete it and send it to the province.</source>
        <translation>Not sent yet. Complete it and send it to the province.</translation>
    </message>
    <message>
        <source>Correct what is asked for, then send again.</source>
        <translation>Correct what is asked for, then send again.</translation>
    </message>
    <message>
        <source>Nothing to do: the head of the commune has to sign it off.</source>
        <translation>Nothing to do: the head of the commune has to sign it off.</translation>
    </message>
    <message>
        <source>Nothing to do: the province has received it.</source>
        <translation>Nothing to do: the province has received it.</translation>
    </message>
    <message>
        <source>Nothing to do: the province is looking at it.</source>
        <translation>Nothing to do: the province is looking at it.</translation>
    </message>
    <message>
        <source>In the province&apos;s database. You receive it when you next get data.</source>
        <translation>In the province's database. You receive it when you next get data.</translation>
    </message>
    <message>
        <source>Its changes are yours to edit again.</source>
        <translation>Its changes are yours to edit again.</translation>
    </message>
    <message>
        <source>The changes reach into other communes, which will be asked: {communes}.</source>
        <translation>The changes reach into other communes, which will be asked: {communes}.</translation>
    </message>
    <message>
        <source>&amp;Send {changes} {layers}</source>
        <translation>&amp;Send {changes} {layers}</translation>
    </message>
    <message>
        <source>{what}, of the plan “{plan}”, to the province</source>
        <translation>{what}, of the plan “{plan}”, to the province</translation>
    </message>
    <message numerus="yes">
        <source>Shorten the reason by %n character(s): at most {limit} can be sent.</source>
        <translation>
            <numerusform>Shorten the reason by %n character: at most {limit} can be sent.</numerusform>
            <numerusform>Shorten the reason by %n characters: at most {limit} can be sent.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Send now</source>
        <translation>&amp;Send now</translation>
    </message>
    <message>
        <source>&amp;Back into a draft</source>
        <translation>&amp;Back into a draft</translation>
    </message>
    <message>
        <source>No connection: the list is as of {time}.</source>
        <translation>No connection: the list is as of {time}.</translation>
    </message>
    <message>
        <source>Only with a connection to the province</source>
        <translation>Only with a connection to the province</translation>
    </message>
    <message>
        <source>The province may have it already. Send it; it can be withdrawn afterwards.</source>
        <translation>The province may have it already. Send it; it can be withdrawn afterwards.</translation>
    </message>
    <message>
        <source>It is not sent then; you can go on writing it</source>
        <translation>It is not sent then; you can go on writing it</translation>
    </message>
    <message>
        <source>Its changes and its text are kept: edit it, then send again.</source>
        <translation>Its changes and its text are kept: edit it, then send again.</translation>
    </message>
    <message>
        <source>Finished {time}, not sent yet.</source>
        <translation>Finished {time}, not sent yet.</translation>
    </message>
    <message>
        <source>It leaves by itself as soon as the province can be reached.</source>
        <translation>It leaves by itself as soon as the province can be reached.</translation>
    </message>
    <message>
        <source>Without title: {plan}</source>
        <translation>Without title: {plan}</translation>
    </message>
    <message>
        <source>&amp;Decide…</source>
        <translation>&amp;Decide…</translation>
    </message>
    <message numerus="yes">
        <source>Decide %n conflict(s) first.</source>
        <translation>
            <numerusform>Decide %n conflict first.</numerusform>
            <numerusform>Decide %n conflicts first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody else changed %n of these feature(s) too: {names}. Decide first; nothing is lost.</source>
        <translation>
            <numerusform>Somebody else changed %n of these features too: {names}. Decide first; nothing is lost.</numerusform>
            <numerusform>Somebody else changed %n of these features too: {names}. Decide first; nothing is lost.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do: it is applied with the last of the linked proposals.</source>
        <translation>Nothing to do: it is applied with the last of the linked proposals.</translation>
    </message>
    <message>
        <source>Builds on {name}.</source>
        <translation>Builds on {name}.</translation>
    </message>
    <message>
        <source>Linked with {name}: decided together.</source>
        <translation>Linked with {name}: decided together.</translation>
    </message>
    <message>
        <source>a proposal that isn&apos;t at the province yet</source>
        <translation>a proposal that isn't at the province yet</translation>
    </message>
    <message>
        <source>proposal no. {number} ({state})</source>
        <translation>proposal no. {number} ({state})</translation>
    </message>
    <message numerus="yes">
        <source>It shares ground with %n other proposal(s): they are linked, and decided together.</source>
        <translation>
            <numerusform>It shares ground with %n other proposal: they are linked, and decided together.</numerusform>
            <numerusform>It shares ground with %n other proposals: they are linked, and decided together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n linked proposal(s) share ground, and are decided together.</source>
        <translation>
            <numerusform>%n linked proposal share ground, and are decided together.</numerusform>
            <numerusform>%n linked proposals share ground, and are decided together.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its base came back</source>
        <translation>Its base came back</translation>
    </message>
    <message>
        <source>The proposal that it builds on came back: withdraw this one, then send both anew.</source>
        <translation>The proposal that it builds on came back: withdraw this one, then send both anew.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) go on from {names}, not decided yet: this proposal is decided after that.</source>
        <translation>
            <numerusform>%n change go on from {names}, not decided yet: this proposal is decided after that.</numerusform>
            <numerusform>%n changes go on from {names}, not decided yet: this proposal is decided after that.</numerusform>
        </translation>
    </message>
    <message>
        <source>See the ticked changes as the reviewer will: on the map, with balance and check</source>
        <translation>See the ticked changes as the reviewer will: on the map, with balance and check</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>Pre&amp;view</translation>
    </message>
    <message>
        <source>3. Check and balance</source>
        <translation>3. Check and balance</translation>
    </message>
    <message>
        <source>Dis&amp;cussion</source>
        <translation>Dis&amp;cussion</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to be redone: see the discussion.</source>
        <translation>
            <numerusform>%n change to be redone: see the discussion.</numerusform>
            <numerusform>%n changes to be redone: see the discussion.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message numerus="yes">
        <source>%n other proposal(s) wait for a decision on the same ground: {named}.</source>
        <translation>
            <numerusform>%n other proposal waits for a decision on the same ground: {named}.</numerusform>
            <numerusform>%n other proposals wait for a decision on the same ground: {named}.</numerusform>
        </translation>
    </message>
    <message>
        <source>no. {number} ({commune}, {state})</source>
        <translation>no. {number} ({commune}, {state})</translation>
    </message>
    <message numerus="yes">
        <source>No. {number} · {title}
{commune} · {state} · %n feature(s), {area}</source>
        <translation>
            <numerusform>No. {number} · {title}
{commune} · {state} · %n feature, {area}</numerusform>
            <numerusform>No. {number} · {title}
{commune} · {state} · %n features, {area}</numerusform>
        </translation>
    </message>
    <message>
        <source>{what} · {title}
{commune} · {share} % of the ground, {area}</source>
        <translation>{what} · {title}
{commune} · {share} % of the ground, {area}</translation>
    </message>
    <message>
        <source>Proposal no. {number}</source>
        <translation>Proposal no. {number}</translation>
    </message>
    <message>
        <source>Decision {number}</source>
        <translation>Decision {number}</translation>
    </message>
    <message>
        <source>, of these {count} directly in the database</source>
        <translation>, of these {count} directly in the database</translation>
    </message>
    <message>
        <source>says nothing of this ground</source>
        <translation>says nothing of this ground</translation>
    </message>
    <message>
        <source>{area} of features whose attributes aren&apos;t public</source>
        <translation>{area} of features whose attributes aren't public</translation>
    </message>
    <message>
        <source>{area} of features that others don&apos;t see</source>
        <translation>{area} of features that others don't see</translation>
    </message>
    <message>
        <source>{area} in the no-work area of the plan “{name}”</source>
        <translation>{area} in the no-work area of the plan “{name}”</translation>
    </message>
    <message>
        <source>{name}: {area} lie in it</source>
        <translation>{name}: {area} lie in it</translation>
    </message>
    <message>
        <source>{name}: {distance} away</source>
        <translation>{name}: {distance} away</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>Sho&amp;w</translation>
    </message>
    <message>
        <source>What else touches this ground</source>
        <translation>What else touches this ground</translation>
    </message>
    <message>
        <source>Show on the &amp;map</source>
        <translation>Show on the &amp;map</translation>
    </message>
    <message>
        <source>Open the pr&amp;oposal</source>
        <translation>Open the pr&amp;oposal</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Related</translation>
    </message>
    <message>
        <source>Looking what else touches this ground…</source>
        <translation>Looking what else touches this ground…</translation>
    </message>
    <message>
        <source>No other proposal waits on this ground</source>
        <translation>No other proposal waits on this ground</translation>
    </message>
    <message>
        <source>In higher plans the ground is</source>
        <translation>In higher plans the ground is</translation>
    </message>
    <message>
        <source>Restricted ground</source>
        <translation>Restricted ground</translation>
    </message>
    <message>
        <source>Neighbouring communes</source>
        <translation>Neighbouring communes</translation>
    </message>
    <message>
        <source>It belongs to others; ask them or the province</source>
        <translation>It belongs to others; ask them or the province</translation>
    </message>
    <message numerus="yes">
        <source>Adjusted %n time(s) in the last {months} months</source>
        <translation>
            <numerusform>Adjusted %n time in the last {months} months</numerusform>
            <numerusform>Adjusted %n times in the last {months} months</numerusform>
        </translation>
    </message>
    <message>
        <source>Planning rules (see Check): errors {errors}, remarks {remarks}</source>
        <translation>Planning rules (see Check): errors {errors}, remarks {remarks}</translation>
    </message>
    <message>
        <source>Same ground: {named}</source>
        <translation>Same ground: {named}</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Proposal {number}: {title}</source>
        <translation>Proposal {number}: {title}</translation>
    </message>
    <message>
        <source>Result, with its surroundings</source>
        <translation>Result, with its surroundings</translation>
    </message>
    <message>
        <source>Reason of the decision</source>
        <translation>Reason of the decision</translation>
    </message>
    <message>
        <source>Reason (compulsory to return or reject)</source>
        <translation>Reason (compulsory to return or reject)</translation>
    </message>
    <message>
        <source>Re&amp;turn</source>
        <translation>Re&amp;turn</translation>
    </message>
    <message>
        <source>Re&amp;ject</source>
        <translation>Re&amp;ject</translation>
    </message>
    <message>
        <source>Back to the commune, to be corrected as the reason says</source>
        <translation>Back to the commune, to be corrected as the reason says</translation>
    </message>
    <message>
        <source>Refuse for good, with the reason</source>
        <translation>Refuse for good, with the reason</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) go into the province's database, plan “{plan}”</source>
        <translation>
            <numerusform>%n change goes into the province's database, plan “{plan}”</numerusform>
            <numerusform>%n changes go into the province's database, plan “{plan}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Approve %n change(s)</source>
        <translation>
            <numerusform>&amp;Approve %n change</numerusform>
            <numerusform>&amp;Approve %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) go to the province, signed off by you</source>
        <translation>
            <numerusform>%n change goes to the province, signed off by you</numerusform>
            <numerusform>%n changes go to the province, signed off by you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Sign off %n change(s)</source>
        <translation>
            <numerusform>&amp;Sign off %n change</numerusform>
            <numerusform>&amp;Sign off %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The planning rules find %n error(s); it can&apos;t be approved like this.</source>
        <translation>
            <numerusform>The planning rules find %n error; it can't be approved like this.</numerusform>
            <numerusform>The planning rules find %n errors; it can't be approved like this.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write what has to be corrected; then return.</source>
        <translation>Write what has to be corrected; then return.</translation>
    </message>
    <message>
        <source>Write why it is refused; then reject.</source>
        <translation>Write why it is refused; then reject.</translation>
    </message>
    <message>
        <source>&amp;Open the proposal</source>
        <translation>&amp;Open the proposal</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>Re&amp;fresh</translation>
    </message>
    <message>
        <source>Proposals waiting for a decision</source>
        <translation>Proposals waiting for a decision</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) waiting for you</source>
        <translation>
            <numerusform>%n proposal waiting for you</numerusform>
            <numerusform>%n proposals waiting for you</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in first, in the dock Working copy.</source>
        <translation>Sign in first, in the dock Working copy.</translation>
    </message>
    <message>
        <source>Here heads of communes sign off proposals, and the province decides on them. Your account does neither.</source>
        <translation>Here heads of communes sign off proposals, and the province decides on them. Your account does neither.</translation>
    </message>
    <message>
        <source>Nothing waits for you. Proposals appear here when communes send them.</source>
        <translation>Nothing waits for you. Proposals appear here when communes send them.</translation>
    </message>
    <message>
        <source>Select a proposal in the table first</source>
        <translation>Select a proposal in the table first</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Proposal</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Age</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>All attri&amp;butes</source>
        <translation>All attri&amp;butes</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Look again</translation>
    </message>
    <message>
        <source>Files and history</source>
        <translation>Files and history</translation>
    </message>
    <message>
        <source>Back to the list; the map is again as it was</source>
        <translation>Back to the list; the map is again as it was</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Close</translation>
    </message>
    <message>
        <source>Previous change (P)</source>
        <translation>Previous change (P)</translation>
    </message>
    <message>
        <source>Next change (N)</source>
        <translation>Next change (N)</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>Previous change</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Next change</translation>
    </message>
    <message>
        <source>Next &amp;proposal</source>
        <translation>Next &amp;proposal</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>{name}, {time} · {state}</source>
        <translation>{name}, {time} · {state}</translation>
    </message>
    <message>
        <source>Ground: {ground}</source>
        <translation>Ground: {ground}</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>⚠ conflict</source>
        <translation>⚠ conflict</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message>
        <source>Writes the reason for you; read it, then return</source>
        <translation>Writes the reason for you; read it, then return</translation>
    </message>
    <message>
        <source>Return for the con&amp;flicts…</source>
        <translation>Return for the con&amp;flicts…</translation>
    </message>
    <message>
        <source>The province&apos;s data has changed since: {features}.</source>
        <translation>The province's data has changed since: {features}.</translation>
    </message>
    <message>
        <source>Please get the data, decide the conflicts and send again.</source>
        <translation>Please get the data, decide the conflicts and send again.</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s)</source>
        <translation>
            <numerusform>%n remark</numerusform>
            <numerusform>%n remarks</numerusform>
        </translation>
    </message>
    <message>
        <source>Ground and reason, whole or in one line</source>
        <translation>Ground and reason, whole or in one line</translation>
    </message>
    <message>
        <source>Drag, or press the arrow keys: before on the left, after on the right</source>
        <translation>Drag, or press the arrow keys: before on the left, after on the right</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>&amp;Overlay</translation>
    </message>
    <message>
        <source>Before and after over one another (1)</source>
        <translation>Before and after over one another (1)</translation>
    </message>
    <message>
        <source>&amp;Swipe</source>
        <translation>&amp;Swipe</translation>
    </message>
    <message>
        <source>Before and after on either side of a line that you drag (2)</source>
        <translation>Before and after on either side of a line that you drag (2)</translation>
    </message>
    <message>
        <source>Blin&amp;k</source>
        <translation>Blin&amp;k</translation>
    </message>
    <message>
        <source>Before and after in turns, once a second (3)</source>
        <translation>Before and after in turns, once a second (3)</translation>
    </message>
    <message>
        <source>Hold the space bar in the list to see how it was.</source>
        <translation>Hold the space bar in the list to see how it was.</translation>
    </message>
    <message>
        <source>My changes, not sent yet</source>
        <translation>My changes, not sent yet</translation>
    </message>
    <message>
        <source>My changes, as the reviewer will see them</source>
        <translation>My changes, as the reviewer will see them</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s), not sent yet</source>
        <translation>
            <numerusform>%n change, not sent yet</numerusform>
            <numerusform>%n changes, not sent yet</numerusform>
        </translation>
    </message>
    <message>
        <source>Only what &amp;differs from last time</source>
        <translation>Only what &amp;differs from last time</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>as before</translation>
    </message>
    <message>
        <source>altered</source>
        <translation>altered</translation>
    </message>
    <message>
        <source>new</source>
        <translation>new</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>dropped</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Version {number}</translation>
    </message>
    <message>
        <source>Version {now}. Version {before} was withdrawn by {name}, {time}.</source>
        <translation>Version {now}. Version {before} was withdrawn by {name}, {time}.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) are marked to be redone: a return carries them with their reasons.</source>
        <translation>
            <numerusform>%n change is marked to be redone: a return carries it with its reason.</numerusform>
            <numerusform>%n changes are marked to be redone: a return carries them with their reasons.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits for your agency. Proposals appear here when the province asks for your opinion.</source>
        <translation>Nothing waits for your agency. Proposals appear here when the province asks for your opinion.</translation>
    </message>
    <message>
        <source>Find: number, title, commune, author</source>
        <translation>Find: number, title, commune, author</translation>
    </message>
    <message>
        <source>Find a proposal</source>
        <translation>Find a proposal</translation>
    </message>
    <message>
        <source>Accents don&apos;t matter</source>
        <translation>Accents don't matter</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>Over&amp;due</source>
        <translation>Over&amp;due</translation>
    </message>
    <message>
        <source>Taken up by &amp;me</source>
        <translation>Taken up by &amp;me</translation>
    </message>
    <message>
        <source>All communes</source>
        <translation>All communes</translation>
    </message>
    <message>
        <source>All plans</source>
        <translation>All plans</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>All states</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) or more</source>
        <translation>
            <numerusform>%n day or more</numerusform>
            <numerusform>%n days or more</numerusform>
        </translation>
    </message>
    <message>
        <source>Any age</source>
        <translation>Any age</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>Show &amp;all</translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>due {day}</translation>
    </message>
    <message>
        <source>No. {number}</source>
        <translation>No. {number}</translation>
    </message>
    <message>
        <source>Appraised: it may be approved. It goes to who approves</source>
        <translation>Appraised: it may be approved. It goes to who approves</translation>
    </message>
    <message>
        <source>Put for&amp;ward</source>
        <translation>Put for&amp;ward</translation>
    </message>
    <message>
        <source>Your commune, which the changes reach into, has nothing against them</source>
        <translation>Your commune, which the changes reach into, has nothing against them</translation>
    </message>
    <message>
        <source>C&amp;onsent</source>
        <translation>C&amp;onsent</translation>
    </message>
    <message>
        <source>The province has looked at what the commune approved, and objects to nothing</source>
        <translation>The province has looked at what the commune approved, and objects to nothing</translation>
    </message>
    <message>
        <source>C&amp;hecked</source>
        <translation>C&amp;hecked</translation>
    </message>
    <message>
        <source>The commune is told the reason; what was approved stays in force</source>
        <translation>The commune is told the reason; what was approved stays in force</translation>
    </message>
    <message>
        <source>O&amp;bject</source>
        <translation>O&amp;bject</translation>
    </message>
    <message>
        <source>Write what the province objects to; then object.</source>
        <translation>Write what the province objects to; then object.</translation>
    </message>
    <message>
        <source>Decide without the consent of {communes}</source>
        <translation>Decide without the consent of {communes}</translation>
    </message>
    <message>
        <source>Reason (compulsory to object)</source>
        <translation>Reason (compulsory to object)</translation>
    </message>
    <message numerus="yes">
        <source>%n different values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n different values</numerusform>
        </translation>
    </message>
    <message>
        <source>Record of acts: the chain is broken. Entries were altered or taken out; tell the inspectors.</source>
        <translation>Record of acts: the chain is broken. Entries were altered or taken out; tell the inspectors.</translation>
    </message>
    <message>
        <source>Record of acts: it isn&apos;t the one that this computer saw before; tell the inspectors.</source>
        <translation>Record of acts: it isn't the one that this computer saw before; tell the inspectors.</translation>
    </message>
    <message>
        <source>It agrees with the signed state of {at} that this computer keeps.</source>
        <translation>It agrees with the signed state of {at} that this computer keeps.</translation>
    </message>
    <message numerus="yes">
        <source>Record of acts: a whole chain of %n entries.</source>
        <translation>
            <numerusform>Record of acts: a whole chain of one entry.</numerusform>
            <numerusform>Record of acts: a whole chain of %n entries.</numerusform>
        </translation>
    </message>
    <message>
        <source>Approved. The signed decision and its coming into force: tab “Decision”.</source>
        <translation>Approved. The signed decision and its coming into force: tab “Decision”.</translation>
    </message>
    <message>
        <source>● not as seen</source>
        <translation>● not as seen</translation>
    </message>
    <message>
        <source>As seen</source>
        <translation>As seen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Not as seen: {features}.</source>
        <translation>Not as seen: {features}.</translation>
    </message>
    <message>
        <source>New findings of the rules: {count}.</source>
        <translation>New findings of the rules: {count}.</translation>
    </message>
    <message>
        <source>Findings that are gone: {count}.</source>
        <translation>Findings that are gone: {count}.</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Land balance: areas by function before and after, norms</source>
        <translation>Land balance: areas by function before and after, norms</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>&amp;Before</translation>
    </message>
    <message>
        <source>A&amp;fter</source>
        <translation>A&amp;fter</translation>
    </message>
    <message>
        <source>Also what doesn&apos;t change</source>
        <translation>Also what doesn't change</translation>
    </message>
    <message>
        <source>Shown on the map</source>
        <translation>Shown on the map</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Version {before} was withdrawn</source>
        <translation>Version {before} was withdrawn</translation>
    </message>
    <message>
        <source>Version {before} came back</source>
        <translation>Version {before} came back</translation>
    </message>
    <message>
        <source>Version {now}. Version {before} was returned by {name}, {time}.</source>
        <translation>Version {now}. Version {before} was returned by {name}, {time}.</translation>
    </message>
    <message>
        <source>What was to be redone is told at each change.</source>
        <translation>What was to be redone is told at each change.</translation>
    </message>
    <message>
        <source>Land balance: a norm isn&apos;t met</source>
        <translation>Land balance: a norm isn't met</translation>
    </message>
    <message>
        <source>asking the hub …</source>
        <translation>asking the hub …</translation>
    </message>
    <message>
        <source>No connection: {kept} of {all} are on this computer, and only these are searched.</source>
        <translation>No connection: {kept} of {all} are on this computer, and only these are searched.</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing for you to decide here. {standing}.</source>
        <translation>There is nothing for you to decide here. {standing}.</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>brought back</translation>
    </message>
    <message>
        <source>Land balance: the check finds something about it</source>
        <translation>Land balance: the check finds something about it</translation>
    </message>
    <message>
        <source>{day} (provisional)</source>
        <translation>{day} (provisional)</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) clash with the province&apos;s data: {features}.</source>
        <translation>
            <numerusform>%n change clashes with the province's data: {features}.</numerusform>
            <numerusform>%n changes clash with the province's data: {features}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is overwritten: return it for the commune to decide.</source>
        <translation>Nothing is overwritten: return it for the commune to decide.</translation>
    </message>
    <message>
        <source>Province now</source>
        <translation>Province now</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Proposed</translation>
    </message>
    <message>
        <source>Province&apos;s change</source>
        <translation>Province's change</translation>
    </message>
    <message>
        <source>What clashes isn&apos;t applied here, so the rules may find errors that come from that alone.</source>
        <translation>What clashes isn't applied here, so the rules may find errors that come from that alone.</translation>
    </message>
    <message>
        <source>Fetches the proposal and the province&apos;s data as they are now</source>
        <translation>Fetches the proposal and the province's data as they are now</translation>
    </message>
    <message>
        <source>Proposals that you had a part in</source>
        <translation>Proposals that you had a part in</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) that you had a part in</source>
        <translation>
            <numerusform>%n proposal that you had a part in</numerusform>
            <numerusform>%n proposals that you had a part in</numerusform>
        </translation>
    </message>
    <message>
        <source>Record of acts, in its order</source>
        <translation>Record of acts, in its order</translation>
    </message>
    <message>
        <source>Show the &amp;record</source>
        <translation>Show the &amp;record</translation>
    </message>
    <message>
        <source>Cop&amp;y the record</source>
        <translation>Cop&amp;y the record</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>By what right</source>
        <translation>By what right</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
    <message>
        <source>decision {number}</source>
        <translation>decision {number}</translation>
    </message>
    <message>
        <source>revision {number}</source>
        <translation>revision {number}</translation>
    </message>
    <message>
        <source>for {giver}, by the delegation {document}</source>
        <translation>for {giver}, by the delegation {document}</translation>
    </message>
    <message>
        <source>for {communes}</source>
        <translation>for {communes}</translation>
    </message>
    <message>
        <source>without the consent of {communes}</source>
        <translation>without the consent of {communes}</translation>
    </message>
    <message>
        <source>recorded the signed decision</source>
        <translation>recorded the signed decision</translation>
    </message>
    <message>
        <source>corrected the recorded decision</source>
        <translation>corrected the recorded decision</translation>
    </message>
    <message>
        <source>put the decision into force</source>
        <translation>put the decision into force</translation>
    </message>
    <message>
        <source>noted a task as done</source>
        <translation>noted a task as done</translation>
    </message>
    <message>
        <source>wrote a remark</source>
        <translation>wrote a remark</translation>
    </message>
    <message>
        <source>settled a remark</source>
        <translation>settled a remark</translation>
    </message>
    <message>
        <source>opened a remark again</source>
        <translation>opened a remark again</translation>
    </message>
    <message>
        <source>gave a verdict on a change</source>
        <translation>gave a verdict on a change</translation>
    </message>
    <message>
        <source>asked an agency for its opinion</source>
        <translation>asked an agency for its opinion</translation>
    </message>
    <message>
        <source>took back the question to an agency</source>
        <translation>took back the question to an agency</translation>
    </message>
    <message>
        <source>gave an agency&apos;s opinion</source>
        <translation>gave an agency's opinion</translation>
    </message>
    <message>
        <source>answered an opinion</source>
        <translation>answered an opinion</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>the shape crosses or touches itself.</source>
        <translation>the shape crosses or touches itself.</translation>
    </message>
    <message>
        <source>required attributes are empty: {names}.</source>
        <translation>required attributes are empty: {names}.</translation>
    </message>
    <message>
        <source>the land function isn&apos;t in the official list: {names}.</source>
        <translation>the land function isn't in the official list: {names}.</translation>
    </message>
    <message>
        <source>a code isn&apos;t in the official list: {names}.</source>
        <translation>a code isn't in the official list: {names}.</translation>
    </message>
    <message>
        <source>overlaps a neighbouring lot by {area}.</source>
        <translation>overlaps a neighbouring lot by {area}.</translation>
    </message>
    <message>
        <source>leaves a gap of {area} to its neighbours.</source>
        <translation>leaves a gap of {area} to its neighbours.</translation>
    </message>
    <message>
        <source>rule {rule} isn&apos;t met.</source>
        <translation>rule {rule} isn't met.</translation>
    </message>
    <message>
        <source>a norm of the land-fund balance isn&apos;t met: {norm}.</source>
        <translation>a norm of the land-fund balance isn't met: {norm}.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots cover {area} more than the ground within its boundary.</source>
        <translation>the plan's plots cover {area} more than the ground within its boundary.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots leave {area} of the ground within its boundary uncovered.</source>
        <translation>the plan's plots leave {area} of the ground within its boundary uncovered.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots cover {area} less than before.</source>
        <translation>the plan's plots cover {area} less than before.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots cover {area} more than before.</source>
        <translation>the plan's plots cover {area} more than before.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Page {number}/{count}</source>
        <translation>Page {number}/{count}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>Changes ({count})</source>
        <translation>Changes ({count})</translation>
    </message>
    <message>
        <source>Findings of the planning rules</source>
        <translation>Findings of the planning rules</translation>
    </message>
    <message>
        <source>Remarks and answers</source>
        <translation>Remarks and answers</translation>
    </message>
    <message>
        <source>Agencies&apos; opinions</source>
        <translation>Agencies' opinions</translation>
    </message>
    <message>
        <source>Land-fund balance of the plan</source>
        <translation>Land-fund balance of the plan</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>No. {number}, version {version}</source>
        <translation>No. {number}, version {version}</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Proposal</translation>
    </message>
    <message>
        <source>Number, version</source>
        <translation>Number, version</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Sent by</source>
        <translation>Sent by</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Ground</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>To be decided by</source>
        <translation>To be decided by</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>Applied in revision</source>
        <translation>Applied in revision</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Printed {time} by {name} without a connection: as it was known here {at}</source>
        <translation>Printed {time} by {name} without a connection: as it was known here {at}</translation>
    </message>
    <message>
        <source>Printed {time} by {name}</source>
        <translation>Printed {time} by {name}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>All about this proposal as a PDF for the file: maps, values, findings, remarks, decision</source>
        <translation>All about this proposal as a PDF for the file: maps, values, findings, remarks, decision</translation>
    </message>
    <message>
        <source>Change s&amp;heet (PDF)…</source>
        <translation>Change s&amp;heet (PDF)…</translation>
    </message>
    <message>
        <source>change-sheet-{number}-{version}.pdf</source>
        <translation>change-sheet-{number}-{version}.pdf</translation>
    </message>
    <message>
        <source>Write the change sheet</source>
        <translation>Write the change sheet</translation>
    </message>
    <message>
        <source>After the changes, scale 1:{scale}</source>
        <translation>After the changes, scale 1:{scale}</translation>
    </message>
    <message>
        <source>Only the first {pictures} of {count} changes have maps of their own; the tables tell of all.</source>
        <translation>Only the first {pictures} of {count} changes have maps of their own; the tables tell of all.</translation>
    </message>
    <message>
        <source>Conflict: somebody else changed it too.</source>
        <translation>Conflict: somebody else changed it too.</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Before, 1:{scale}</source>
        <translation>Before, 1:{scale}</translation>
    </message>
    <message>
        <source>After, 1:{scale}</source>
        <translation>After, 1:{scale}</translation>
    </message>
    <message>
        <source>The planning rules found nothing.</source>
        <translation>The planning rules found nothing.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Opinion</translation>
    </message>
    <message>
        <source>The commune&apos;s answer</source>
        <translation>The commune's answer</translation>
    </message>
    <message>
        <source>The land-fund balance could not be had for this sheet.</source>
        <translation>The land-fund balance could not be had for this sheet.</translation>
    </message>
    <message>
        <source>Before, ha</source>
        <translation>Before, ha</translation>
    </message>
    <message>
        <source>After, ha</source>
        <translation>After, ha</translation>
    </message>
    <message>
        <source>result</source>
        <translation>result</translation>
    </message>
    <message>
        <source>no result to decide on; content</source>
        <translation>no result to decide on; content</translation>
    </message>
    <message>
        <source>CHANGE SHEET OF A PLANNING PROPOSAL</source>
        <translation>CHANGE SHEET OF A PLANNING PROPOSAL</translation>
    </message>
    <message>
        <source>Verdicts on earlier versions</source>
        <translation>Verdicts on earlier versions</translation>
    </message>
    <message>
        <source>What was said about it isn&apos;t known here.</source>
        <translation>What was said about it isn't known here.</translation>
    </message>
    <message>
        <source>The decision&apos;s record could not be had for this sheet.</source>
        <translation>The decision's record could not be had for this sheet.</translation>
    </message>
</context>
<context>
    <name>Signs</name>
    <message>
        <source>+ Added</source>
        <translation>+ Added</translation>
    </message>
    <message>
        <source>− Removed</source>
        <translation>− Removed</translation>
    </message>
    <message>
        <source>Before the change</source>
        <translation>Before the change</translation>
    </message>
    <message>
        <source>After the change</source>
        <translation>After the change</translation>
    </message>
    <message>
        <source>⚠ Someone else changed it too</source>
        <translation>⚠ Someone else changed it too</translation>
    </message>
    <message>
        <source>The province&apos;s, in a conflict</source>
        <translation>The province's, in a conflict</translation>
    </message>
    <message>
        <source>Drawn anew, in a conflict</source>
        <translation>Drawn anew, in a conflict</translation>
    </message>
    <message>
        <source>What a remark is about</source>
        <translation>What a remark is about</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Suggested</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>&amp;Look now and send what waits</source>
        <translation>&amp;Look now and send what waits</translation>
    </message>
    <message>
        <source>Get data automatically</source>
        <translation>Get data automatically</translation>
    </message>
    <message>
        <source>Get data to this computer</source>
        <translation>Get data to this computer</translation>
    </message>
    <message>
        <source>Waiting to be sent: {here}; waiting to be got: {there}</source>
        <translation>Waiting to be sent: {here}; waiting to be got: {there}</translation>
    </message>
    <message>
        <source>When there is something &amp;new</source>
        <translation>When there is something &amp;new</translation>
    </message>
    <message>
        <source>Every &amp;15 minutes</source>
        <translation>Every &amp;15 minutes</translation>
    </message>
    <message>
        <source>Only when I &amp;press the button</source>
        <translation>Only when I &amp;press the button</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) here that are in no proposal yet</source>
        <translation>
            <numerusform>%n change here that is in no proposal yet</numerusform>
            <numerusform>%n changes here that are in no proposal yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) waiting for the network</source>
        <translation>
            <numerusform>%n proposal waiting for the network</numerusform>
            <numerusform>%n proposals waiting for the network</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new change(s) at the province</source>
        <translation>
            <numerusform>%n new change at the province</numerusform>
            <numerusform>%n new changes at the province</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s) waiting for the network</source>
        <translation>
            <numerusform>%n remark waiting for the network</numerusform>
            <numerusform>%n remarks waiting for the network</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) with something new</source>
        <translation>
            <numerusform>%n proposal with something new</numerusform>
            <numerusform>%n proposals with something new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Add &amp;evidence…</source>
        <translation>Add &amp;evidence…</translation>
    </message>
    <message>
        <source>Mark as &amp;done</source>
        <translation>Mark as &amp;done</translation>
    </message>
    <message>
        <source>What has to be done after decisions</source>
        <translation>What has to be done after decisions</translation>
    </message>
    <message>
        <source>What was done, where and when</source>
        <translation>What was done, where and when</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) after decisions</source>
        <translation>
            <numerusform>%n task after decisions</numerusform>
            <numerusform>%n tasks after decisions</numerusform>
        </translation>
    </message>
    <message>
        <source>Write down first what was done</source>
        <translation>Write down first what was done</translation>
    </message>
    <message>
        <source>A file that shows what was done</source>
        <translation>A file that shows what was done</translation>
    </message>
    <message>
        <source>Publish the plan</source>
        <translation>Publish the plan</translation>
    </message>
    <message>
        <source>Archive the dossier</source>
        <translation>Archive the dossier</translation>
    </message>
    <message>
        <source>Make the implementation plan</source>
        <translation>Make the implementation plan</translation>
    </message>
    <message>
        <source>Review lower plans against this one</source>
        <translation>Review lower plans against this one</translation>
    </message>
    <message>
        <source>no fixed day</source>
        <translation>no fixed day</translation>
    </message>
    <message numerus="yes">
        <source>OVERDUE by %n day(s)</source>
        <translation>
            <numerusform>OVERDUE by %n day</numerusform>
            <numerusform>OVERDUE by %n days</numerusform>
        </translation>
    </message>
    <message>
        <source>due today</source>
        <translation>due today</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>until {day}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message>
        <source>done by {name}, {time}</source>
        <translation>done by {name}, {time}</translation>
    </message>
    <message>
        <source>Content of defence, security and state secrets is not published.</source>
        <translation>Content of defence, security and state secrets is not published.</translation>
    </message>
    <message>
        <source>Lower plans: {names}</source>
        <translation>Lower plans: {names}</translation>
    </message>
    <message>
        <source>No lower plan is registered.</source>
        <translation>No lower plan is registered.</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) of defence or security are left out.</source>
        <translation>
            <numerusform>%n feature of defence or security is left out.</numerusform>
            <numerusform>%n features of defence or security are left out.</numerusform>
        </translation>
    </message>
    <message>
        <source>What the commune has to do:</source>
        <translation>What the commune has to do:</translation>
    </message>
</context>
<context>
    <name>WorkingCopy</name>
    <message>
        <source>&amp;Revert</source>
        <translation>&amp;Revert</translation>
    </message>
    <message>
        <source>Into a &amp;proposal</source>
        <translation>Into a &amp;proposal</translation>
    </message>
    <message>
        <source>Find a change: name, layer, state</source>
        <translation>Find a change: name, layer, state</translation>
    </message>
    <message>
        <source>Find a change</source>
        <translation>Find a change</translation>
    </message>
    <message>
        <source>Accents don&apos;t matter (Ctrl+F)</source>
        <translation>Accents don't matter (Ctrl+F)</translation>
    </message>
    <message>
        <source>&amp;Leave as it is</source>
        <translation>&amp;Leave as it is</translation>
    </message>
    <message>
        <source>No changes yet. What you draw, edit or delete in the planning layers appears here when saved.</source>
        <translation>No changes yet. What you draw, edit or delete in the planning layers appears here when saved.</translation>
    </message>
    <message numerus="yes">
        <source>Re&amp;vert %n change(s)</source>
        <translation>
            <numerusform>Re&amp;vert %n change</numerusform>
            <numerusform>Re&amp;vert %n changes</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody else edited this too.</source>
        <translation>Somebody else edited this too.</translation>
    </message>
    <message>
        <source>Both versions are kept until you decide. No data is lost.</source>
        <translation>Both versions are kept until you decide. No data is lost.</translation>
    </message>
    <message>
        <source>Select changes in the list first</source>
        <translation>Select changes in the list first</translation>
    </message>
    <message numerus="yes">
        <source>Take %n change(s) back; you are shown first what that does</source>
        <translation>
            <numerusform>Take %n change back; you are shown first what that does</numerusform>
            <numerusform>Take %n changes back; you are shown first what that does</numerusform>
        </translation>
    </message>
    <message>
        <source>Select changes that are in no proposal yet</source>
        <translation>Select changes that are in no proposal yet</translation>
    </message>
    <message numerus="yes">
        <source>Put %n change(s) into a proposal</source>
        <translation>
            <numerusform>Put %n change into a proposal</numerusform>
            <numerusform>Put %n changes into a proposal</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out (the working copy stays on this computer)</source>
        <translation>Sign out (the working copy stays on this computer)</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>No commune chosen</source>
        <translation>No commune chosen</translation>
    </message>
    <message>
        <source>Connected to the province · {name}</source>
        <translation>Connected to the province · {name}</translation>
    </message>
    <message>
        <source>No connection since {time}; you can go on working</source>
        <translation>No connection since {time}; you can go on working</translation>
    </message>
    <message>
        <source>No connection; you can go on working</source>
        <translation>No connection; you can go on working</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Not signed in</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) on this computer</source>
        <translation>
            <numerusform>%n change on this computer</numerusform>
            <numerusform>%n changes on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) not sent yet</source>
        <translation>
            <numerusform>%n proposal not sent yet</numerusform>
            <numerusform>%n proposals not sent yet</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new at the province</source>
        <translation>Nothing new at the province</translation>
    </message>
    <message numerus="yes">
        <source>%n new change(s) at the province</source>
        <translation>
            <numerusform>%n new change at the province</numerusform>
            <numerusform>%n new changes at the province</numerusform>
        </translation>
    </message>
    <message>
        <source>Last data from the province: {age}</source>
        <translation>Last data from the province: {age}</translation>
    </message>
    <message>
        <source>Features that can&apos;t be sent</source>
        <translation>Features that can't be sent</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) can&apos;t be sent as they are. Double-click shows the place.</source>
        <translation>
            <numerusform>%n feature can't be sent as it is. Double-click shows the place.</numerusform>
            <numerusform>%n features can't be sent as they are. Double-click shows the place.</numerusform>
        </translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Stop; everything stays as it was before</source>
        <translation>Stop; everything stays as it was before</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;top</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} of {total}</translation>
    </message>
    <message>
        <source>{done} features</source>
        <translation>{done} features</translation>
    </message>
    <message>
        <source>{done} of {total} features</source>
        <translation>{done} of {total} features</translation>
    </message>
    <message>
        <source>Address of the province's hub, for example https://…</source>
        <translation>Address of the province's hub, for example https://…</translation>
    </message>
    <message>
        <source>The account name that the province gave you</source>
        <translation>The account name that the province gave you</translation>
    </message>
    <message>
        <source>Capital letters count</source>
        <translation>Capital letters count</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>&amp;Sign in</translation>
    </message>
    <message>
        <source>Sign in with the account that the province gave you, to get your commune&apos;s data.</source>
        <translation>Sign in with the account that the province gave you, to get your commune's data.</translation>
    </message>
    <message>
        <source>&amp;Hub</source>
        <translation>&amp;Hub</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Password</translation>
    </message>
    <message>
        <source>Please fill in: {field}.</source>
        <translation>Please fill in: {field}.</translation>
    </message>
    <message>
        <source>Working copy</source>
        <translation>Working copy</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>The commune whose plans you work on</source>
        <translation>The commune whose plans you work on</translation>
    </message>
    <message>
        <source>Get data to this computer</source>
        <translation>Get data to this computer</translation>
    </message>
    <message>
        <source>Get data to this computer: what is new at the province (F9)</source>
        <translation>Get data to this computer: what is new at the province (F9)</translation>
    </message>
    <message>
        <source>&amp;Bring back the record</source>
        <translation>&amp;Bring back the record</translation>
    </message>
    <message>
        <source>Choose a commune…</source>
        <translation>Choose a commune…</translation>
    </message>
    <message>
        <source>&amp;Choose a commune</source>
        <translation>&amp;Choose a commune</translation>
    </message>
    <message>
        <source>&amp;Get data to this computer</source>
        <translation>&amp;Get data to this computer</translation>
    </message>
    <message>
        <source>Bring the commune&apos;s planning data from the province to this computer</source>
        <translation>Bring the commune's planning data from the province to this computer</translation>
    </message>
    <message>
        <source>&amp;Start drawing</source>
        <translation>&amp;Start drawing</translation>
    </message>
    <message>
        <source>Make the land-use layer editable with the tool for a new feature</source>
        <translation>Make the land-use layer editable with the tool for a new feature</translation>
    </message>
    <message>
        <source>&amp;Decide the conflicts</source>
        <translation>&amp;Decide the conflicts</translation>
    </message>
    <message>
        <source>Go to the first feature that somebody else changed too</source>
        <translation>Go to the first feature that somebody else changed too</translation>
    </message>
    <message>
        <source>&amp;Make a proposal</source>
        <translation>&amp;Make a proposal</translation>
    </message>
    <message>
        <source>Put the changes into a proposal for the province</source>
        <translation>Put the changes into a proposal for the province</translation>
    </message>
    <message>
        <source>Proposals wait for your decision</source>
        <translation>Proposals wait for your decision</translation>
    </message>
    <message numerus="yes">
        <source>%n drawn feature(s) will be deleted</source>
        <translation>
            <numerusform>%n drawn feature will be deleted</numerusform>
            <numerusform>%n drawn features will be deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edited feature(s) go back to the original</source>
        <translation>
            <numerusform>%n edited feature goes back to the original</numerusform>
            <numerusform>%n edited features go back to the original</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted feature(s) come back</source>
        <translation>
            <numerusform>%n deleted feature comes back</numerusform>
            <numerusform>%n deleted features come back</numerusform>
        </translation>
    </message>
    <message>
        <source>a feature without a name</source>
        <translation>a feature without a name</translation>
    </message>
    <message>
        <source>&amp;Open what waits for review</source>
        <translation>&amp;Open what waits for review</translation>
    </message>
    <message>
        <source>Compare the damaged layers with what the province sent; what differs is listed as your changes</source>
        <translation>Compare the damaged layers with what the province sent; what differs is listed as your changes</translation>
    </message>
    <message>
        <source>&amp;Go on with the draft</source>
        <translation>&amp;Go on with the draft</translation>
    </message>
    <message>
        <source>Finish the draft proposal, then send it</source>
        <translation>Finish the draft proposal, then send it</translation>
    </message>
    <message>
        <source>&amp;Correct what came back</source>
        <translation>&amp;Correct what came back</translation>
    </message>
    <message>
        <source>A proposal came back: see why, correct it and send it again</source>
        <translation>A proposal came back: see why, correct it and send it again</translation>
    </message>
    <message>
        <source>&amp;Decide…</source>
        <translation>&amp;Decide…</translation>
    </message>
    <message>
        <source>Compare both sides and choose, value by value</source>
        <translation>Compare both sides and choose, value by value</translation>
    </message>
    <message>
        <source>&amp;Bring it here</source>
        <translation>&amp;Bring it here</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Not now</translation>
    </message>
    <message>
        <source>The province keeps {work} from your computer {device}, last seen {time}.</source>
        <translation>The province keeps {work} from your computer {device}, last seen {time}.</translation>
    </message>
    <message>
        <source>The province keeps {work} of {name} from the computer {device}, last seen {time}.</source>
        <translation>The province keeps {work} of {name} from the computer {device}, last seen {time}.</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent change(s)</source>
        <translation>
            <numerusform>%n unsent change</numerusform>
            <numerusform>%n unsent changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message>
        <source>open for reading only</source>
        <translation>open for reading only</translation>
    </message>
    <message>
        <source>&amp;Copy to this computer</source>
        <translation>&amp;Copy to this computer</translation>
    </message>
    <message>
        <source>The file can only be read where it lies: go on with a copy of it; the file stays as it is</source>
        <translation>The file can only be read where it lies: go on with a copy of it; the file stays as it is</translation>
    </message>
    <message>
        <source>&amp;Remember me on this computer</source>
        <translation>&amp;Remember me on this computer</translation>
    </message>
    <message>
        <source>Otherwise you sign in again each time QGIS is opened</source>
        <translation>Otherwise you sign in again each time QGIS is opened</translation>
    </message>
    <message>
        <source>Forgotten? Take the tick away and sign in with your account: no data is lost.</source>
        <translation>Forgotten? Take the tick away and sign in with your account: no data is lost.</translation>
    </message>
    <message>
        <source>QGIS may ask for the “master password” that you made up on this computer.</source>
        <translation>QGIS may ask for the “master password” that you made up on this computer.</translation>
    </message>
    <message>
        <source>QGIS will ask for a “master password”, which locks what it remembers on this computer.</source>
        <translation>QGIS will ask for a “master password”, which locks what it remembers on this computer.</translation>
    </message>
    <message>
        <source>It isn&apos;t your account&apos;s: make one up and type it twice, or press Cancel.</source>
        <translation>It isn't your account's: make one up and type it twice, or press Cancel.</translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation>&amp;Account</translation>
    </message>
    <message>
        <source>Your changes are in the file. They appear here once the record is restored.</source>
        <translation>Your changes are in the file. They appear here once the record is restored.</translation>
    </message>
    <message>
        <source>Changes on this computer: kept, counted after the repair</source>
        <translation>Changes on this computer: kept, counted after the repair</translation>
    </message>
    <message>
        <source>in a draft</source>
        <translation>in a draft</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>came back</translation>
    </message>
    <message>
        <source>You are drawing. Each change appears here as soon as you save it with the button above.</source>
        <translation>You are drawing. Each change appears here as soon as you save it with the button above.</translation>
    </message>
    <message>
        <source>edits not saved yet</source>
        <translation>edits not saved yet</translation>
    </message>
    <message>
        <source>&amp;Save what you have drawn</source>
        <translation>&amp;Save what you have drawn</translation>
    </message>
    <message>
        <source>Write your edits of all planning layers to this computer; you can go on drawing</source>
        <translation>Write your edits of all planning layers to this computer; you can go on drawing</translation>
    </message>
    <message>
        <source>&amp;Finish drawing</source>
        <translation>&amp;Finish drawing</translation>
    </message>
    <message>
        <source>All is saved: leave edit mode, then make a proposal of your changes</source>
        <translation>All is saved: leave edit mode, then make a proposal of your changes</translation>
    </message>
    <message>
        <source>https://… as the province has told you</source>
        <translation>https://… as the province has told you</translation>
    </message>
    <message>
        <source>See the selected changes, or all, as the reviewer will: on the map, with balance and check</source>
        <translation>See the selected changes, or all, as the reviewer will: on the map, with balance and check</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>Pre&amp;view</translation>
    </message>
    <message>
        <source>&amp;Give the opinion that is asked for</source>
        <translation>&amp;Give the opinion that is asked for</translation>
    </message>
    <message>
        <source>Proposals wait for your agency&apos;s opinion</source>
        <translation>Proposals wait for your agency's opinion</translation>
    </message>
</context>
</TS>
