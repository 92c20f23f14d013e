/** Made from the OpenAPI document by `npm run client`. */
export interface paths {
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List registrations, by name */
        get: operations["listRegistrations"];
        put?: never;
        /** Register a platform */
        post: operations["createRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the registrations of another tool's file
         * @description PyLTI1p3's JSON, platforms of ltijs as JSON, or CSV. Each is added by itself; one that is known is not changed.
         */
        post: operations["importRegistrations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what an import would do, without adding anything */
        post: operations["previewRegistrationImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a registration */
        get: operations["getRegistration"];
        /**
         * Change a registration
         * @description A field that is left out keeps its value. Deployment IDs that are new are added, none is removed. A cached token is dropped when what it was asked with has changed. To move the token endpoint or the audience of a registration that is in use needs `admin` and `confirmsDestination`; without it 409 says what would come of it.
         */
        put: operations["updateRegistration"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some fields of a registration
         * @description A field that is left out keeps its value. Deployment IDs that are new are added, none is removed. A cached token is dropped when what it was asked with has changed. To move the token endpoint or the audience of a registration that is in use needs `admin` and `confirmsDestination`; without it 409 says what would come of it.
         */
        patch: operations["patchRegistration"];
        trace?: never;
    };
    "/registrations/{registrationId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a registration
         * @description Nothing of it is synced while it is archived; nothing is deleted.
         */
        post: operations["archiveRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore an archived registration */
        post: operations["restoreRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a deployment to a registration */
        post: operations["addDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/service-origins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve an origin that access tokens may go to, before anything names it
         * @description Access tokens go to the token endpoint's own origin, to origins that a launch signed by the platform named, and to those that are approved here.
         */
        post: operations["addServiceOrigin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/service-origins/{originId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a service origin: access tokens are sent there
         * @description Access tokens go to the token endpoint's own origin, to origins that a launch signed by the platform named, and to those that are approved here.
         */
        post: operations["approveServiceOrigin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/service-origins/{originId}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a service origin: nothing is sent there, whatever names it */
        post: operations["declineServiceOrigin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/service-origins/{originId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a service origin: nothing is sent there until it is approved again */
        delete: operations["removeServiceOrigin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whose key signs for a registration, and which key set the LMS reads
         * @description Whose key signs is `signsWith` of the registration, and the tool's key set its `toolJwksUrl`. No private key is ever shown.
         */
        get: operations["getRegistrationKeys"];
        put?: never;
        /**
         * Import the private key of a tool that has this registration
         * @description It is kept sealed, signs for this registration alone, and is not in Rollbook's own key set. With `signsNow` the registration signs with it from now on; the one before stays until it is deleted.
         */
        post: operations["importKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/keys/{keyId}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign with an imported key from now on */
        post: operations["useImportedKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an imported key for good */
        delete: operations["deleteImportedKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your drafts of registrations, the one saved last first
         * @description A draft is seen by whoever made it and by nobody else.
         */
        get: operations["listDrafts"];
        put?: never;
        /** Begin a draft of a registration */
        post: operations["createDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-drafts/{draftId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a draft */
        get: operations["getDraft"];
        /**
         * Save a draft
         * @description Values that are given replace those kept; the others stay.
         */
        put: operations["saveDraft"];
        post?: never;
        /**
         * Delete a draft
         * @description A registration that it became stays.
         */
        delete: operations["deleteDraft"];
        options?: never;
        head?: never;
        /**
         * Save some fields of a draft
         * @description Values that are given replace those kept; the others stay.
         */
        patch: operations["patchDraft"];
        trace?: never;
    };
    "/registrations/{registrationId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the latest connection test, finished or not
         * @description null before the first test.
         */
        get: operations["getConnectionTest"];
        put?: never;
        /**
         * Test the connection to a registration's platform
         * @description Answers at once; read it again for the steps as they end. Reads only. Where a test is under way already, it is that test.
         */
        post: operations["testConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the latest connection tests, newest first */
        get: operations["listConnectionTests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/test/audiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try the other audiences after invalid_client
         * @description Asks for a token under each once, until one is accepted, and stores that one on the registration. Offered by the latest test.
         */
        post: operations["probeAudience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List courses, by title */
        get: operations["listCourses"];
        put?: never;
        /** Add a course to a registration */
        post: operations["createCourse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a course */
        get: operations["getCourse"];
        /**
         * Change a course
         * @description A field that is left out keeps its value; null or an empty list clears it.
         */
        put: operations["updateCourse"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some fields of a course
         * @description A field that is left out keeps its value; null or an empty list clears it.
         */
        patch: operations["patchCourse"];
        trace?: never;
    };
    "/courses/{courseId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a course
         * @description It is not synced while it is archived; nothing is deleted.
         */
        post: operations["archiveCourse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore an archived course */
        post: operations["restoreCourse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a course's members: by name, or by user ID where they are more than 20,000 */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a course's groups, by set and name
         * @description As the last sync of the roster read them from the Course Groups Service; empty where the platform offers none. Who is in which stands in `groupIds` of the members, which `groupId` filters by.
         */
        get: operations["listGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List held removals, newest first
         * @description Those that are open, when no state is asked for.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a hold */
        get: operations["getHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the people whose removal was held */
        get: operations["listHeldMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the people of a hold who are still absent
         * @description The roster is read once more before: whom it lists again is not removed, and counted as `stayed`. Where it cannot be read to its end, nobody is removed.
         */
        post: operations["approveHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep the people of a hold
         * @description A later whole roster that does not list them decides again.
         */
        post: operations["discardHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back everybody whom the approval of a hold removed
         * @description Those who came back and were removed again are left alone.
         */
        post: operations["restoreHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{holdId}/check-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the course's roster again
         * @description What it finds takes the place of the hold.
         */
        post: operations["checkHoldAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a preview found and what became of it
         * @description Start one with `isPreview` at `POST /runs`.
         */
        get: operations["getPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/preview/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply exactly what a preview found
         * @description The platform is not asked again. Refused with 409 when the stored roster changed since.
         */
        post: operations["applyPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/preview/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discard a preview */
        post: operations["discardPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/restore-removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back everybody whom a run removed
         * @description Removed at once, by an applied preview, or by the approval of its holds. Those who came back and were removed again are left alone.
         */
        post: operations["restoreRemovals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/roster-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a run found to be different, field by field
         * @description New members of a first roster are counted, not listed.
         */
        get: operations["listRunRosterChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/roster-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what syncs changed in a course's roster, newest first */
        get: operations["listCourseRosterChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/members/{userId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a removed member back
         * @description A later whole roster that does not list the person removes them again.
         */
        post: operations["restoreMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/larger-drops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply larger removals in a course for two hours */
        post: operations["allowLargerDrops"];
        /** Hold larger removals again */
        delete: operations["holdLargerDrops"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/line-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a course's line items, oldest first */
        get: operations["listLineItems"];
        put?: never;
        /**
         * Add a line item to a course
         * @description With a URL it is recorded as given; without one it is found by resource ID and tag, or created on the platform, once however many ask. One that exists is answered with 200 and not changed; `differs` names what it has otherwise.
         */
        post: operations["addLineItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/line-items/{lineItemId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a line item, as it is held here */
        get: operations["getLineItem"];
        put?: never;
        post?: never;
        /**
         * Delete a line item on the platform, with the grades it holds there
         * @description `confirm` repeats its label. Its scores are kept here with their history; those that wait are refused as `operation.column_deleted`. One that belongs to a link of the course needs `coupled=true`.
         */
        delete: operations["deleteLineItem"];
        options?: never;
        head?: never;
        /**
         * Change a line item on the platform
         * @description It is read and replaced there with all that the platform sent but for the changes. `If-Match` is compared with what the platform has; after a 412 that is what is held here.
         */
        patch: operations["updateLineItem"];
        trace?: never;
    };
    "/line-items/{lineItemId}/platform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the platform for a line item, beside what is held here
         * @description `differs` names the fields of which the two say different things.
         */
        get: operations["readLineItemOnPlatform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/line-items/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the platform's line items of a course */
        post: operations["importLineItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a course's scores, by the person's name */
        get: operations["listScores"];
        put?: never;
        /**
         * Set the wanted scores of a line item that is named by what the tool knows
         * @description As below a line item. `lineItem` names it by `id`, `url`, or `resourceId` and `tag`; one that is not known here is found on the platform or made there, if `label` and `scoreMaximum` are sent and the course's scopes allow it.
         */
        post: operations["pushCourseScores"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/gradebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a course's people with their scores, column by column
         * @description A page of people by `cursor`, a window of columns by `columnsFrom`.
         */
        get: operations["listGradebook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/line-items/{lineItemId}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the platform for the results of a line item, page by page
         * @description What the platform holds now, whoever graded. `limit` is a wish: platforms make pages of their own size. People without a value may be missing.
         */
        get: operations["listResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/line-items/{lineItemId}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the wanted scores of a line item
         * @description Up to 10,000 at once, stored together or not at all; with `acceptance: what-is-right` those that are right, and each other row is told. A value that is wanted or sent already changes nothing.
         */
        post: operations["pushScores"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/line-items/{lineItemId}/scores/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back scores that wait to be sent */
        post: operations["withdrawScores"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/line-items/{lineItemId}/scores/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the wanted scores of a line item from CSV
         * @description All lines are stored, or none; errors name their lines.
         */
        post: operations["uploadScoreCsv"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/line-items/{lineItemId}/scores/csv/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a CSV of scores without storing anything */
        post: operations["previewScoreCsv"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how many of a course's scores the platform was seen to hold */
        get: operations["getCourseProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the platform holds otherwise than we say, by line item and person
         * @description As the last verification saw it; start one with `POST /runs`.
         */
        get: operations["listDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/differences/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide about differences: send ours, take the platform's, or leave them */
        post: operations["decideDifferences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what happened at a registration on each of the last thirty days
         * @description Members and scores are those of runs that ended; how the platform answered is counted by runs, about every ten seconds.
         */
        get: operations["getRegistrationHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a course's roster syncs and its scores by day, over thirty days */
        get: operations["getCourseHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a course's syncs
         * @description What runs stops at its next checkpoint and goes on there at resume. Scores are still accepted.
         */
        post: operations["pauseCourse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a course's syncs */
        post: operations["resumeCourse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the syncs of all courses of a registration
         * @description What runs stops at its next checkpoint and goes on there at resume. Scores are still accepted.
         */
        post: operations["pauseRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume the syncs of a registration
         * @description Courses that were paused by themselves stay paused.
         */
        post: operations["resumeRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause all syncs
         * @description What runs stops at its next checkpoint and goes on there at resume. Scores are still accepted.
         */
        post: operations["pauseEverything"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume all syncs
         * @description Registrations and courses that were paused by themselves stay paused.
         */
        post: operations["resumeEverything"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/try-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a platform that is left alone again now
         * @description While it does not answer, one call finds out whether it is back.
         */
        post: operations["endPlatformCooldown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how a course's scores are sent */
        get: operations["getCourseSettings"];
        /** Change how a course's scores are sent */
        put: operations["updateCourseSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change some of how a course's scores are sent */
        patch: operations["patchCourseSettings"];
        trace?: never;
    };
    "/courses/{courseId}/conflicts/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide about scores that somebody changed on the platform */
        post: operations["resolveConflicts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs, newest first */
        get: operations["listRuns"];
        put?: never;
        /**
         * Start a sync
         * @description Answers at once with the run. Where the same sync is under way already, it is that run.
         */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a run with its parts and latest events */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description One that runs stops after the calls in flight; what was accepted stays.
         */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a new run over what failed in a finished one */
        post: operations["retryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what became of each score in a grade sync */
        get: operations["listOutcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List bulk operations, newest first */
        get: operations["listBulkOperations"];
        put?: never;
        /**
         * Act on everything that matches a filter
         * @description Answers at once. What matches now is acted on one by one; what comes to match later is not touched. An empty filter is refused.
         */
        post: operations["startBulkOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count what an operation would act on, and what it would leave alone */
        post: operations["previewBulkOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a bulk operation */
        get: operations["getBulkOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/{operationId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a bulk operation
         * @description It stops after the object that it is acting on. What it did stays done.
         */
        post: operations["cancelBulkOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List schedules, oldest first */
        get: operations["listSchedules"];
        put?: never;
        /**
         * Add a schedule to a course or a registration
         * @description A schedule of grades starts one run for each course whose scores wait.
         */
        post: operations["createSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedule-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the next ten times of a cron expression, and which fall into a blackout */
        get: operations["previewSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedule-week": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a week of runs that schedules started, times to come and blackouts */
        get: operations["getScheduleWeek"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{scheduleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a schedule, with its next ten times */
        get: operations["getSchedule"];
        /**
         * Change a schedule
         * @description A field that is left out keeps its value.
         */
        put: operations["updateSchedule"];
        post?: never;
        /** Delete a schedule; runs that it started go on */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        /**
         * Change some fields of a schedule
         * @description A field that is left out keeps its value.
         */
        patch: operations["patchSchedule"];
        trace?: never;
    };
    "/schedules/{scheduleId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a schedule start runs */
        post: operations["enableSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{scheduleId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a schedule from starting runs */
        post: operations["disableSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what changed after a cursor, oldest first
         * @description Keep `nextCursor` once what it came with is stored, and ask again with it as `after`: each change comes at least once, those of a course in their order. Names are left out for who may not see them. 410 where changes after the cursor are no longer kept.
         */
        get: operations["readChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the endpoints that changes are posted to */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Post changes to an endpoint from now on
         * @description Each change is posted by Standard Webhooks, one after the other in the order of the feed, until the endpoint answers 2xx. What it does not accept is tried again for a day and holds back what comes after; 410 disables it at once.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint and how delivery to it goes */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Delete an endpoint and the log of its deliveries */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change, disable or enable an endpoint */
        patch: operations["editWebhook"];
        trace?: never;
    };
    "/webhooks/{webhookId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; the present one signs too for a while */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post a test event now */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List attempts to deliver, newest first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post everything after a cursor, or since a moment, once more */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the open alerts, who is told, and what was sent
         * @description One alert for one cause, however many courses it meets. It is open until the cause is gone for a minute.
         */
        get: operations["getAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{alertId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody looks after an alert */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send alerts by mail from now on */
        post: operations["createAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alert-rules/{ruleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a rule of alerts and the record of what was sent by it */
        delete: operations["deleteAlertRule"];
        options?: never;
        head?: never;
        /** Change a rule of alerts */
        patch: operations["editAlertRule"];
        trace?: never;
    };
    "/alert-rules/{ruleId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test by the way that alerts go, at once */
        post: operations["testAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the mail server that alerts are handed to
         * @description The password is sealed and never shown; left out, the one that is kept stays. 409 where the environment says it (`ROLLBOOK_SMTP_URL`).
         */
        put: operations["saveMailServer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is known of each registration's access token
         * @description The tokens themselves are never shown.
         */
        get: operations["listTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{registrationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what is known of a registration's access token */
        get: operations["getToken"];
        put?: never;
        post?: never;
        /**
         * Drop a registration's token from the cache
         * @description The platform honours it until it expires: dropping does not revoke.
         */
        delete: operations["dropToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{registrationId}/lives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tokens a registration was granted, and the runs that drew on each
         * @description The tokens themselves are never shown.
         */
        get: operations["listTokenLives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{registrationId}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a registration's token requests with their reasons */
        get: operations["listTokenRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{registrationId}/assertion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the client assertion of the next token request, decoded
         * @description Header and claims; the signature is not part of it.
         */
        get: operations["getClientAssertion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{registrationId}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Request a new token now */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/launches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a launch that another tool with this client ID received
         * @description Its signature, issuer, audience and deployment are checked as in a launch of Rollbook's own. The course, its addresses, scopes and the launched column are recorded. The same token again, or an older one, changes nothing.
         */
        post: operations["reportLaunch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/deployments/{platformDeploymentId}/contexts/{contextId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make or change the course of a context by the platform's IDs
         * @description A field that is left out keeps its value. A deployment that is new counts as approved.
         */
        put: operations["recordContext"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/courses/{courseId}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what launches and notices changed in a course, newest first */
        get: operations["listCourseChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a registration that the LMS made itself
         * @description Until then it launches and syncs nothing. Where what the LMS named has to be confirmed, 409 says why.
         */
        post: operations["approveRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a registration */
        post: operations["declineRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/deployments/{deploymentId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a deployment that a launch named
         * @description `deploymentId` is Rollbook's own ID of it. Its next launch makes the course.
         */
        post: operations["approveDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}/deployments/{deploymentId}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a deployment; its launches are refused */
        post: operations["declineDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations to register, newest first */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Make a link by which an LMS registers Rollbook, good once
         * @description The link is in this answer and nowhere else.
         */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an invitation */
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{invitationId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an invitation that was not used */
        post: operations["revokeInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List our key pairs, and who has read our key set */
        get: operations["listSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a new key that signs nothing yet */
        post: operations["prepareSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign with the prepared key from now on */
        post: operations["switchSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys/{kid}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop publishing a key that no longer signs */
        post: operations["retireSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace all keys at once, because one leaked
         * @description Platforms that keep our key set refuse us until they read it again.
         */
        post: operations["replaceSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find whatever a text names: by name, e-mail, ID or service URL
         * @description Of each kind the most likely first; IDs of Rollbook's are found by their beginning, from six characters on.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own saved views of a list */
        get: operations["listSavedViews"];
        put?: never;
        /** Keep a list's filter and order under a name */
        post: operations["saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-views/{savedViewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a saved view */
        delete: operations["deleteSavedView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how everything stands */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what was done over a period and what failed, and what schedules start next */
        get: operations["getActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what this installation is made of, and whether its engine runs */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/demo-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete the demo's registrations with all that hangs on them */
        delete: operations["removeDemoData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who did what, newest first */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys, newest first */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description The key is in this answer and nowhere else. It reads only, and ends after 90 days, unless it is said otherwise.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{apiKeyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the key that takes the place of another
         * @description With the same scopes and registrations, and the same length of life. The old key goes on for `overlapHours`.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{apiKeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description From the next request on it opens nothing, nor do the keys that it made; the entries stay.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the people who can sign in */
        get: operations["listOperators"];
        put?: never;
        /** Let somebody sign in */
        post: operations["addOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let somebody sign in, who chooses the password
         * @description The link is in this answer and nowhere else. Whoever has it chooses the password, once.
         */
        post: operations["inviteOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operatorId}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link by which an operator chooses a new password
         * @description The link is in this answer and nowhere else; one made before is not good any more. The present password is, until the link is used.
         */
        post: operations["createPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operatorId}/reset-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take app and recovery codes of an operator away
         * @description Ends the person's sessions; the password alone lets them in afterwards.
         */
        post: operations["resetSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operatorId}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change what an operator may do
         * @description Takes effect with the next request. Nobody changes their own.
         */
        put: operations["changeOperatorAccess"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operatorId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an operator
         * @description Sessions end at once; what the operator did stays on record.
         */
        delete: operations["removeOperator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/single-sign-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how people sign in at their own provider */
        get: operations["getSingleSignOn"];
        /**
         * Change the provider, its rules, and whether passwords open sessions
         * @description `only` counts once an admin has signed in through this very provider and client. What the environment says cannot be changed here.
         */
        put: operations["changeSingleSignOn"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/single-sign-on/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the provider's discovery document and keys */
        post: operations["testSingleSignOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/single-sign-on/allow-passwords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let passwords open sessions for an hour, although only single sign-on should */
        post: operations["allowPasswords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who is signed in, and from where */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End anybody's session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own sessions */
        get: operations["listOwnSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of one's own sessions */
        delete: operations["endOwnSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/end-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End one's own sessions but the one that asks */
        post: operations["endOtherSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how long a session lasts */
        get: operations["getSessionLimits"];
        /**
         * Change how long a session lasts
         * @description Holds for sessions under way, too.
         */
        put: operations["changeSessionLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read when people are asked again, and of whom a second factor is */
        get: operations["getSignInRules"];
        /**
         * Change when people are asked again, and of whom a second factor is
         * @description Holds for sessions under way, too.
         */
        put: operations["changeSignInRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read everything that is held of a person
         * @description Needs the right to see names as well.
         */
        get: operations["exportPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a person everywhere
         * @description Scores and memberships are kept under a pseudonym; scores that wait are not sent. It cannot be undone.
         */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erased-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who was erased, and whom a roster lists again */
        get: operations["listErasedPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how long data is kept, and what the last night removed */
        get: operations["getRetention"];
        /**
         * Change how long data is kept
         * @description Counts from the next night on.
         */
        put: operations["changeRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List registrations, by name: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportRegistrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/registration-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your drafts of registrations, the one saved last first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List courses, by title: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a course's members: by name, or by user ID where they are more than 20,000: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List held removals, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/holds/{holdId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people whose removal was held: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportHeldMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/runs/{runId}/roster-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a run found to be different, field by field: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportRunRosterChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/roster-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what syncs changed in a course's roster, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportCourseRosterChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/line-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a course's line items, oldest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportLineItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a course's scores, by the person's name: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportScores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/gradebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a course's people with their scores, column by column: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportGradebook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/line-items/{lineItemId}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the platform for the results of a line item, page by page: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the platform holds otherwise than we say, by line item and person: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/runs/{runId}/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what became of each score in a grade sync: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportOutcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bulk operations, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportBulkOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List schedules, oldest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the endpoints that changes are posted to: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List attempts to deliver, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is known of each registration's access token: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/tokens/{registrationId}/lives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tokens a registration was granted, and the runs that drew on each: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportTokenLives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/tokens/{registrationId}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a registration's token requests with their reasons: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportTokenRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/courses/{courseId}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what launches and notices changed in a course, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportCourseChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations to register, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who did what, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys, newest first: all of them, as a file
         * @description Read page by page while it is sent: rows that change meanwhile may be missed.
         */
        get: operations["exportApiKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        PlatformProfile: "canvas" | "moodle" | "blackboard" | "brightspace" | "sakai" | "schoology" | "other";
        RegistrationInput: {
            name: string;
            /** @default other */
            profile?: components["schemas"]["PlatformProfile"];
            issuer: string;
            clientId: string;
            tokenEndpoint: string;
            authorizationEndpoint: string;
            jwksUrl: string;
            /** @default token_endpoint */
            audience?: components["schemas"]["AssertionAudience"];
            /**
             * @description the audience when it is `custom`; several are sent as a list
             * @default []
             */
            audienceValues?: string[];
            /** @default JWT */
            assertionTyp?: components["schemas"]["AssertionTyp"];
            /** @default own_key_set */
            signsWith?: components["schemas"]["SignsWith"];
            /**
             * @description the key set that the LMS reads, where it is another tool's; null where it reads ours, or was given the tool's public key itself
             * @default null
             */
            toolJwksUrl?: string | null;
            /** @default {} */
            profileOverrides?: components["schemas"]["ProfileOverrides"];
            /**
             * @description deployment IDs of this registration
             * @default []
             */
            deploymentIds?: string[];
            /**
             * @description that token endpoint and audience are meant, where 409 `operation.confirmation_needed` asks; needs `admin`
             * @default false
             */
            confirmsDestination?: boolean;
        };
        /**
         * @description what the client assertion's `aud` is
         * @enum {string}
         */
        AssertionAudience: "token_endpoint" | "issuer" | "custom";
        /**
         * @description the client assertion's `typ` header; the second for servers of RFC 10070
         * @enum {string}
         */
        AssertionTyp: "JWT" | "client-authentication+jwt";
        /**
         * @description own_key_set: our key, and the LMS reads our key set; tool_key_set: our key, which the tool adds to its own key set; imported_key: the tool's key, imported
         * @enum {string}
         */
        SignsWith: "own_key_set" | "tool_key_set" | "imported_key";
        ProfileOverrides: {
            pageLimit?: number;
            timestampStepMs?: number;
            scoreConcurrency?: number;
            assertionBackdateS?: number;
            wipesUnlessFullyGraded?: boolean;
            makesSubmissions?: boolean;
            newSubmission?: boolean;
        };
        RegistrationImport: {
            /** @description a file: PyLTI1p3's JSON, platforms of ltijs as JSON (a list, or one a line), or CSV with a header */
            text: string;
        };
        RegistrationPatch: {
            name?: string;
            profile?: components["schemas"]["PlatformProfile"];
            issuer?: string;
            clientId?: string;
            tokenEndpoint?: string;
            authorizationEndpoint?: string;
            jwksUrl?: string;
            audience?: components["schemas"]["AssertionAudience"];
            /** @description the audience when it is `custom`; several are sent as a list */
            audienceValues?: string[];
            assertionTyp?: components["schemas"]["AssertionTyp"];
            signsWith?: components["schemas"]["SignsWith"];
            /** @description the key set that the LMS reads, where it is another tool's; null where it reads ours, or was given the tool's public key itself */
            toolJwksUrl?: string | null;
            profileOverrides?: components["schemas"]["ProfileOverrides"];
            /** @description deployment IDs of this registration */
            deploymentIds?: string[];
            /** @description that token endpoint and audience are meant, where 409 `operation.confirmation_needed` asks; needs `admin` */
            confirmsDestination?: boolean;
        };
        DeploymentInput: {
            deploymentId: string;
            /** @default  */
            label?: string;
        };
        ServiceOriginInput: {
            /** @description any address there; scheme, host and port count */
            origin: string;
        };
        ImportedKeyInput: {
            /** @description PEM (PKCS#8 or PKCS#1), a JWK, or a key set that holds one private key; RSA of 2,048 bits at least */
            key: string;
            /** @description its key ID in the tool's key set, where the key does not say it */
            kid?: string;
            /** @description of an encrypted PEM */
            passphrase?: string;
            /**
             * @description false: it waits beside the one that signs, until it is told to take over
             * @default true
             */
            signsNow?: boolean;
        };
        RegistrationDraftInput: {
            profile: components["schemas"]["PlatformProfile"];
            step?: components["schemas"]["RegistrationDraftStep"];
            /** @default {} */
            values?: components["schemas"]["RegistrationDraftValues"];
        };
        /** @enum {string} */
        RegistrationDraftStep: "way" | "tool" | "dynamic" | "json" | "by_hand" | "key" | "test" | "launch";
        RegistrationDraftValues: {
            name?: string;
            /** @description where the platform is hosted */
            environment?: string;
            /** @description address of a platform on its own site */
            site?: string;
            way?: components["schemas"]["RegistrationWay"];
            issuer?: string;
            clientId?: string;
            tokenEndpoint?: string;
            authorizationEndpoint?: string;
            jwksUrl?: string;
            audience?: components["schemas"]["AssertionAudience"];
            audienceValues?: string[];
            assertionTyp?: components["schemas"]["AssertionTyp"];
            profileOverrides?: {
                [key: string]: string;
            };
            deploymentIds?: string[];
            /**
             * Format: uuid
             * @description the invitation that was made for it
             */
            invitationId?: string;
            /**
             * Format: uuid
             * @description the registration that it became
             */
            registrationId?: string;
        };
        /**
         * @description a tool that has its registration already, Dynamic Registration, a JSON configuration to paste, or values typed by hand
         * @enum {string}
         */
        RegistrationWay: "tool" | "dynamic" | "json" | "by_hand";
        RegistrationDraftPatch: {
            profile?: components["schemas"]["PlatformProfile"];
            step?: components["schemas"]["RegistrationDraftStep"];
            values?: components["schemas"]["RegistrationDraftValues"];
        };
        /**
         * @description unknown: never ran; warning: retrying, stale or partly done; degraded: the last run failed; paused: nothing is synced until it is resumed
         * @enum {string}
         */
        Health: "unknown" | "healthy" | "warning" | "degraded" | "paused";
        CourseInput: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            /** @description the platform's deployment ID; recorded if it is new */
            deploymentId: string;
            contextId: string;
            title: string;
            /** @default  */
            label?: string;
            /** @default null */
            membershipsUrl?: string | null;
            /** @default null */
            lineItemsUrl?: string | null;
            /** @default null */
            lineItemUrl?: string | null;
            /** @default null */
            groupsUrl?: string | null;
            /** @default null */
            groupSetsUrl?: string | null;
            /**
             * @description scopes the platform announced for this context, as full URIs
             * @default []
             */
            scopes?: string[];
        };
        CoursePatch: {
            /** @description the platform's deployment ID; recorded if it is new */
            deploymentId?: string;
            contextId?: string;
            title?: string;
            label?: string;
            membershipsUrl?: string | null;
            lineItemsUrl?: string | null;
            lineItemUrl?: string | null;
            groupsUrl?: string | null;
            groupSetsUrl?: string | null;
            /** @description scopes the platform announced for this context, as full URIs */
            scopes?: string[];
        };
        /**
         * @description assistant: a teaching assistant by a sub-role, or listed as Learner and launched as Instructor, as Moodle does with non-editing teachers
         * @enum {string}
         */
        Standing: "learner" | "instructor" | "assistant" | "other";
        /**
         * @description empty: nobody would be left; share: more than 10 % and at least 5 people; no_instructor: the last instructor would go
         * @enum {string}
         */
        HoldRule: "empty" | "share" | "no_instructor";
        PreviewApply: {
            /** @description leave out who would go */
            withoutRemovals: boolean;
        };
        /**
         * @description restored: had been removed, and is back
         * @enum {string}
         */
        RosterChangeKind: "added" | "changed" | "removed" | "restored";
        /** @enum {string} */
        RosterChangeState: "previewed" | "applied" | "held" | "discarded";
        LineItemInput: {
            /** @description URL of a line item the platform already has; without it one is found by resource ID and tag, or created on the platform */
            url?: string;
            label: string;
            scoreMaximum: number;
            /** @description names the column together with the tag; without one it is derived from course and label, so that the same label means the same column */
            resourceId?: string;
            tag?: string;
        };
        /** @description null voids; what is left out stays as it is */
        LineItemPatch: {
            label?: string;
            scoreMaximum?: number;
            resourceId?: string | null;
            tag?: string | null;
            startAt?: string | null;
            endAt?: string | null;
            gradesReleased?: boolean | null;
        };
        /**
         * @description skipped: somebody changed it on the platform, and its value stays
         * @enum {string}
         */
        ScoreState: "pending" | "sending" | "sent" | "skipped" | "rejected" | "conflict";
        CourseScorePush: {
            idType?: components["schemas"]["PersonIdType"];
            acceptance?: components["schemas"]["Acceptance"];
            scores: components["schemas"]["ScoreInput"][];
            /**
             * @description start a grade sync of the course at once
             * @default false
             */
            send?: boolean;
            lineItem: components["schemas"]["LineItemReference"];
        };
        /**
         * @description what `userId` is: the platform's user ID, the default, or the SIS ID or e-mail of one person in the roster
         * @enum {string}
         */
        PersonIdType: "user_id" | "sis_id" | "email";
        /**
         * @description all-or-nothing, the default: one row that is wrong refuses them all; what-is-right: the others are stored, and `rows` says what became of each that is not, or that the platform will probably refuse
         * @enum {string}
         */
        Acceptance: "all-or-nothing" | "what-is-right";
        ScoreInput: {
            userId: string;
            /** @description absent or null clears the result on the platform */
            scoreGiven?: number | null;
            /** @description default: the line item's maximum */
            scoreMaximum?: number;
            /** @default Completed */
            activityProgress?: components["schemas"]["ActivityProgress"];
            /** @default FullyGraded */
            gradingProgress?: components["schemas"]["GradingProgress"];
            comment?: string;
            scoringUserId?: string;
            submission?: {
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                startedAt?: string;
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                submittedAt?: string;
            };
            /** @description extension values by their full URL */
            extensions?: {
                [key: string]: unknown;
            };
        };
        /** @enum {string} */
        ActivityProgress: "Initialized" | "Started" | "InProgress" | "Submitted" | "Completed";
        /** @enum {string} */
        GradingProgress: "FullyGraded" | "Pending" | "PendingManual" | "Failed" | "NotReady";
        LineItemReference: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id?: string;
            /** @description the platform's address of it */
            url?: string;
            /** @description as the tool named it */
            resourceId?: string;
            tag?: string;
            /** @description with `scoreMaximum`: one that is not known here is found on the platform or made */
            label?: string;
            scoreMaximum?: number;
        };
        ScorePush: {
            idType?: components["schemas"]["PersonIdType"];
            acceptance?: components["schemas"]["Acceptance"];
            scores: components["schemas"]["ScoreInput"][];
            /**
             * @description start a grade sync of the course at once
             * @default false
             */
            send?: boolean;
        };
        ScoreWithdrawal: {
            /** @description the platform's user IDs */
            userIds: string[];
        };
        /** @enum {string} */
        ProofFinding: "differs" | "missing" | "unreadable" | "not_ours";
        ProofDecision: {
            /**
             * @description send: ours is wanted again, over what the platform was seen to hold; take: the platform's value becomes ours; leave: it stays as it is
             * @enum {string}
             */
            act: "send" | "take" | "leave";
            scoreIds?: string[];
            /** @description in place of `scoreIds`: all open ones that match */
            matching?: {
                /** @enum {string} */
                finding?: "differs" | "missing";
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                lineItemId?: string;
                q?: string;
            };
            /**
             * @description with the act `send`: start a grade sync of the course at once
             * @default true
             */
            send?: boolean;
        };
        CourseSettingsPatch: {
            /**
             * @description as_they_come: a grade sync starts within seconds of a push
             * @enum {string}
             */
            sendPolicy?: "on_request" | "as_they_come";
            /**
             * @description what happens to a score that somebody changed on the platform
             * @enum {string}
             */
            conflictPolicy?: "overwrite" | "skip" | "ask";
            /**
             * @description what happens to a score that is not fully graded where the platform's profile wipes the grade for it and is known to hold one
             * @enum {string}
             */
            notFullyGraded?: "refuse" | "send";
            /** @description send a value again although the platform accepted the same before */
            sendUnchanged?: boolean;
            /**
             * @description whether a verification follows each grade sync; profile: where the LMS may keep another value than the one it took
             * @enum {string}
             */
            verifyAfterSend?: "profile" | "always" | "never";
        };
        ConflictResolution: {
            scoreIds: string[];
            /**
             * @description keep: the platform's value stays; overwrite: ours is wanted again, unless the platform's has changed once more by then
             * @enum {string}
             */
            resolution: "keep" | "overwrite";
            /**
             * @description with `overwrite`: start a grade sync of the course at once
             * @default false
             */
            send?: boolean;
        };
        /** @enum {string} */
        RunState: "queued" | "running" | "paused" | "held" | "succeeded" | "partly_succeeded" | "failed" | "cancelled";
        /** @enum {string} */
        RunKind: "roster_sync" | "grade_sync" | "verify";
        /** @enum {string} */
        RunTrigger: "operator" | "api" | "schedule";
        RunStart: {
            /** @constant */
            kind: "roster_sync";
            /**
             * Format: uuid
             * @description one course
             */
            courseId?: string;
            /**
             * Format: uuid
             * @description all courses of the registration
             */
            registrationId?: string;
            /** @description write nothing, only say what a sync would change */
            isPreview?: boolean;
        } | {
            /** @constant */
            kind: "grade_sync";
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
        } | {
            /** @constant */
            kind: "verify";
            /**
             * Format: uuid
             * @description one course
             */
            courseId?: string;
            /**
             * Format: uuid
             * @description all courses of the registration
             */
            registrationId?: string;
        };
        /** @enum {string} */
        BulkAction: "runs.cancel" | "runs.retry" | "courses.sync_rosters" | "courses.sync_grades" | "courses.verify" | "holds.approve" | "holds.discard";
        BulkStart: {
            /** @enum {string} */
            action: "runs.cancel" | "runs.retry";
            /** @description as the list of runs takes it; not empty */
            filter: {
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description one state or several, separated by commas */
                state?: components["schemas"]["RunState"][];
                kind?: components["schemas"]["RunKind"];
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                registrationId?: string;
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                courseId?: string;
                trigger?: components["schemas"]["RunTrigger"];
                /** @description who started it: the name contains */
                actor?: string;
                errorCode?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description finished, and took at least so long */
                minSeconds?: number;
                /** @description finished, and took at most so long */
                maxSeconds?: number;
                /** @description course, registration or who started it contains, or the run's ID begins with this text */
                q?: string;
            };
        } | {
            /** @enum {string} */
            action: "courses.sync_rosters" | "courses.sync_grades" | "courses.verify";
            /** @description as the list of courses takes it; not empty */
            filter: {
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description title, label or context ID contains */
                q?: string;
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                registrationId?: string;
                /** @description exactly this deployment ID */
                deploymentId?: string;
                /** @description exactly this context ID */
                contextId?: string;
                /** @enum {string} */
                service?: "memberships" | "grades";
                /** @description may need this scope: a roster's address is there, or it was announced */
                scope?: string;
                health?: components["schemas"]["Health"];
                /**
                 * @description roster: never synced, or not lately; scores: some wait to be sent
                 * @enum {string}
                 */
                waiting?: "roster" | "scores";
                /** @description of the last roster sync or the last grade sync, where it failed */
                errorCode?: string;
                /**
                 * @default no
                 * @enum {string}
                 */
                archived?: "no" | "yes" | "all";
            };
        } | {
            /** @enum {string} */
            action: "holds.approve" | "holds.discard";
            /** @description as the list of holds takes it; not empty, and more than a state */
            filter: {
                /** @description only these, separated by commas */
                ids?: string[];
                /**
                 * @description open when it is left out
                 * @default open
                 * @enum {string}
                 */
                state?: "open" | "approved" | "discarded" | "superseded" | "all";
                rule?: components["schemas"]["HoldRule"];
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                registrationId?: string;
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                courseId?: string;
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                runId?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
            };
        };
        ScheduleInput: {
            kind: components["schemas"]["RunKind"];
            /** @description minute, hour, day of month, month, day of week */
            cron: string;
            /**
             * @description an IANA name
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description runs start somewhere within so many seconds after the time
             * @default 0
             */
            jitterSeconds?: number;
            /** @default [] */
            blackouts?: components["schemas"]["Blackout"][];
            /** @default true */
            isEnabled?: boolean;
            /**
             * Format: uuid
             * @description one course
             */
            courseId?: string;
            /**
             * Format: uuid
             * @description all courses of the registration
             */
            registrationId?: string;
        };
        /** @description nothing starts within, by the schedule's clock */
        Blackout: components["schemas"]["WeeklyBlackout"] | components["schemas"]["DatedBlackout"];
        /** @description a time of the week; one that ends before it begins ends on the next day */
        WeeklyBlackout: {
            /** @description ISO weekdays on which it begins: 1 is Monday, 7 Sunday */
            days: number[];
            /** @example 08:00 */
            from: string;
            /** @example 08:00 */
            to: string;
        };
        /** @description whole days, the last included, such as exam weeks or holidays */
        DatedBlackout: {
            /** Format: date */
            firstDay: string;
            /** Format: date */
            lastDay: string;
        };
        SchedulePatch: {
            kind?: components["schemas"]["RunKind"];
            /** @description minute, hour, day of month, month, day of week */
            cron?: string;
            /**
             * @description an IANA name
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @description runs start somewhere within so many seconds after the time */
            jitterSeconds?: number;
            blackouts?: components["schemas"]["Blackout"][];
            isEnabled?: boolean;
        };
        /**
         * @description member.restored: had been removed, and is back; score.conflict: the platform holds a value that is not ours, and somebody has to decide; person.erased: take the person out of your copy, too
         * @enum {string}
         */
        ChangeType: "member.added" | "member.changed" | "member.removed" | "member.restored" | "score.sent" | "score.rejected" | "score.conflict" | "course.discovered" | "course.changed" | "hold.opened" | "hold.decided" | "run.finished" | "person.erased" | "alert.opened" | "alert.closed" | "registration.health_changed";
        WebhookInput: {
            name: string;
            /** Format: uri */
            url: string;
            /** @description which changes are posted; none: all */
            types?: ("member.added" | "member.changed" | "member.removed" | "member.restored" | "score.sent" | "score.rejected" | "score.conflict" | "course.discovered" | "course.changed" | "hold.opened" | "hold.decided" | "run.finished" | "person.erased" | "alert.opened" | "alert.closed" | "registration.health_changed")[];
            /**
             * @description none: of all registrations
             * @default []
             */
            registrationIds?: string[];
            /**
             * @description members come with names and e-mail addresses; only who sees them may say so
             * @default false
             */
            hasNames?: boolean;
        };
        /** @description what is left out keeps its value; `isEnabled` true goes on where the receiver had accepted everything */
        WebhookChanges: {
            name?: string;
            /** Format: uri */
            url?: string;
            /** @description which changes are posted; none: all */
            types?: ("member.added" | "member.changed" | "member.removed" | "member.restored" | "score.sent" | "score.rejected" | "score.conflict" | "course.discovered" | "course.changed" | "hold.opened" | "hold.decided" | "run.finished" | "person.erased" | "alert.opened" | "alert.closed" | "registration.health_changed")[];
            /** @description none: of all registrations */
            registrationIds?: string[];
            /** @description members come with names and e-mail addresses; only who sees them may say so */
            hasNames?: boolean;
            isEnabled?: boolean;
        };
        WebhookSecretRotation: {
            /** @description for so long the present secret signs beside the new one */
            overlapHours: number;
        };
        WebhookReplay: {
            /** @description a cursor of the feed, such as the number in an event's ID, less one */
            after?: string;
            /**
             * Format: date-time
             * @description or all since this moment
             * @example 2026-11-24T08:30:00.000Z
             */
            since?: string;
        };
        AlertRuleInput: {
            name: string;
            addresses: string[];
            /**
             * @description none: everything
             * @default []
             */
            kinds?: ("failure" | "unverified" | "hold" | "rejected" | "difference" | "conflict" | "stale" | "key" | "webhook" | "pending_registration" | "pending_deployment" | "pending_origin")[];
            /**
             * @description none: of all registrations
             * @default []
             */
            registrationIds?: string[];
            /**
             * @description what is opened in quiet hours is sent at their end
             * @default null
             */
            quietFrom?: string | null;
            /** @default null */
            quietTo?: string | null;
            /** @default UTC */
            timeZone?: string;
            /** @default true */
            isEnabled?: boolean;
        };
        AlertRuleChanges: {
            name?: string;
            addresses?: string[];
            /** @description none: everything */
            kinds?: ("failure" | "unverified" | "hold" | "rejected" | "difference" | "conflict" | "stale" | "key" | "webhook" | "pending_registration" | "pending_deployment" | "pending_origin")[];
            /** @description none: of all registrations */
            registrationIds?: string[];
            /** @description what is opened in quiet hours is sent at their end */
            quietFrom?: string | null;
            quietTo?: string | null;
            timeZone?: string;
            isEnabled?: boolean;
        };
        MailServerInput: {
            host: string;
            port: number;
            /**
             * @description tls: from the start; starttls: required; none: only on a private network
             * @enum {string}
             */
            security: "tls" | "starttls" | "none";
            /** @default  */
            user?: string;
            /** @description kept sealed; left out, the one that is kept stays */
            password?: string;
            /** Format: email */
            from: string;
        };
        /**
         * @description refused: the last token request was turned down
         * @enum {string}
         */
        TokenState: "none" | "valid" | "expiring" | "expired" | "evicted" | "refused";
        /**
         * @description ahead: the one before still served, and work remained; forced: asked for by hand; evicted: the one before was refused or dropped
         * @enum {string}
         */
        TokenRequestReason: "first" | "expired" | "ahead" | "forced" | "evicted" | "missing_scope";
        LaunchReport: {
            /** @description as the platform posted it to the tool */
            idToken: string;
            /**
             * @description how long ago the platform may have issued it; its own expiry does not count, for it is the tool that had to heed it
             * @default 3600
             */
            maxAgeSeconds?: number;
        };
        ContextFacts: {
            title?: string;
            label?: string;
            membershipsUrl?: string | null;
            lineItemsUrl?: string | null;
            lineItemUrl?: string | null;
            groupsUrl?: string | null;
            groupSetsUrl?: string | null;
            /** @description scopes the platform announced for this context, as full URIs */
            scopes?: string[];
            /** @description the column of the launched link */
            lineItem?: {
                /** Format: uri */
                url: string;
                label: string;
                scoreMaximum: number;
                /** @description names the column together with the tag; without one it is derived from course and label, so that the same label means the same column */
                resourceId?: string;
                tag?: string;
            };
        };
        InvitationInput: {
            name: string;
            /** @default other */
            profile?: components["schemas"]["PlatformProfile"];
            /**
             * @description how long the link is good
             * @default 7
             */
            days?: number;
        };
        /** @enum {string} */
        ListName: "registrations" | "courses" | "members" | "scores" | "runs" | "holds" | "schedules" | "tokens" | "audit" | "bulk";
        /** @description takes the place of a view of that name */
        SavedViewInput: {
            list: components["schemas"]["ListName"];
            name: string;
            /** @description the query of the list's address, without a cursor */
            query: string;
        };
        ApiKeyInput: {
            name: string;
            /**
             * @default [
             *       "read"
             *     ]
             */
            scopes?: components["schemas"]["ApiKeyScope"][];
            /**
             * @description the registrations that the key is limited to; none: all of them
             * @default []
             */
            registrationIds?: string[];
            /**
             * @description null: it does not expire
             * @default 90
             */
            expiresInDays?: number | null;
        };
        /**
         * @description read: everything but people's names; read:names: names, e-mail addresses and pictures too; scores:write: line items and scores; runs:write: runs, holds, schedules, pauses, tokens; registrations:write: registrations, courses, invitations; admin: all of these without names, and operators, keys and signing keys
         * @enum {string}
         */
        ApiKeyScope: "read" | "read:names" | "scores:write" | "runs:write" | "registrations:write" | "admin";
        ApiKeyRotation: {
            /** @description for so long the present key goes on beside its successor */
            overlapHours: number;
        };
        OperatorInput: {
            name: string;
            email: string;
            /** @default viewer */
            role?: components["schemas"]["Role"];
            /**
             * @description sees the names, e-mail addresses and pictures of people in rosters
             * @default false
             */
            seesNames?: boolean;
            /**
             * @description the registrations that the person is limited to; none: all of them
             * @default []
             */
            registrationIds?: string[];
            password: string;
        };
        /**
         * @description viewer: reads; operator: runs, scores, registrations and courses too; admin: everything, and people and keys
         * @enum {string}
         */
        Role: "viewer" | "operator" | "admin";
        OperatorInvitation: {
            name: string;
            email: string;
            /** @default viewer */
            role?: components["schemas"]["Role"];
            /**
             * @description sees the names, e-mail addresses and pictures of people in rosters
             * @default false
             */
            seesNames?: boolean;
            /**
             * @description the registrations that the person is limited to; none: all of them
             * @default []
             */
            registrationIds?: string[];
            /**
             * @description for so long the link is good
             * @default 72
             */
            expiresInHours?: number;
        };
        PasswordLinkInput: {
            /** @description for so long the link is good */
            expiresInHours: number;
        };
        OperatorAccess: {
            role: components["schemas"]["Role"];
            /** @description sees the names, e-mail addresses and pictures of people in rosters */
            seesNames: boolean;
            /**
             * @description the registrations that the person is limited to; none: all of them
             * @default []
             */
            registrationIds?: string[];
        };
        SingleSignOnInput: {
            /** @description empty: it is off */
            issuer: string;
            clientId: string;
            /** @default  */
            label?: string;
            /** @default openid email profile */
            scopes?: string;
            /** @default [] */
            rules?: {
                claim: string;
                value: string;
                /** @enum {string} */
                role: "viewer" | "operator" | "admin";
                /** @default false */
                seesNames?: boolean;
                /** @default [] */
                registrationIds?: string[];
            }[];
            /** @default false */
            only?: boolean;
            /** @description kept as it is where it is absent; empty: none */
            clientSecret?: string;
        };
        SessionLimits: {
            /** @description ends a session in which no page was opened and nothing done for so long */
            idleHours: number;
            /** @description ends a session so long after its sign-in, however much it is used */
            longestHours: number;
        };
        SignInRules: {
            /** @description before keys, people, signing keys, single sign-on and what is deleted for good, who last proved longer ago who they are is asked again */
            askAgainMinutes: number;
            /** @description an admin without a second factor sets one up before anything else */
            adminsNeedSecondFactor: boolean;
        };
        PersonInput: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            userId: string;
        };
        Retention: {
            /** @description names, addresses and pictures of people after they left a course, in days; null: for ever */
            leftMembers: number | null;
            /** @description what rosters changed, and members that could not be read, in days; null: for ever */
            rosterChanges: number | null;
            /** @description the outcome of each score that was sent, in days; null: for ever */
            outcomes: number | null;
            /** @description the events of runs, in days; null: for ever */
            events: number | null;
            /** @description requests for tokens, in days; null: for ever */
            tokenRequests: number | null;
            /** @description connection tests, but each registration's last, in days; null: for ever */
            connectionTests: number | null;
            /** @description pages that were launched in an LMS, after their end, in days; null: for ever */
            launchSessions: number | null;
            /** @description entries of the audit, in days; null: for ever */
            audit: number | null;
        };
        /**
         * @example {
         *       "type": "urn:rollbook:problem:operation.not_found",
         *       "title": "Not found",
         *       "status": 404,
         *       "code": "operation.not_found",
         *       "detail": "there is no such course",
         *       "facts": {
         *         "what": "course",
         *         "id": "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"
         *       },
         *       "requestId": "5b6f6d55-3a0c-4a3e-bb53-0a4ce0a4c0de"
         *     }
         */
        ProblemDetails: {
            /** @description identifies the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description stable; the last part of `type` */
            code: string;
            /** @description what happened this time */
            detail: string;
            /** @description messages by field of the input; nested fields are joined by dots */
            fields?: {
                [key: string]: string[];
            };
            /** @description what else is known, such as the platform's own words */
            facts?: {
                [key: string]: unknown;
            };
            /** @description the log of the server knows the request by it */
            requestId: string;
        };
        Registration: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            name: string;
            state: components["schemas"]["RegistrationState"];
            /** @description granted when the LMS registered us; empty where it did not say */
            registeredScopes: string[];
            platformFacts: components["schemas"]["PlatformFacts"] | null;
            lastLaunchAt: string | null;
            profile: components["schemas"]["PlatformProfile"];
            issuer: string;
            clientId: string;
            tokenEndpoint: string;
            authorizationEndpoint: string;
            jwksUrl: string;
            audience: components["schemas"]["AssertionAudience"];
            audienceValues: string[];
            assertionTyp: components["schemas"]["AssertionTyp"];
            signsWith: components["schemas"]["SignsWith"];
            toolJwksUrl: string | null;
            profileOverrides: components["schemas"]["ProfileOverrides"];
            isDemo: boolean;
            pausedAt: string | null;
            pausedBy: string | null;
            flow: components["schemas"]["PlatformPacing"] | null;
            syncBlock: components["schemas"]["SyncBlock"] | null;
            archivedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            deployments: components["schemas"]["Deployment"][];
            /** @description where access tokens may go beside the token endpoint's own origin, and what waits for approval */
            serviceOrigins: components["schemas"]["ServiceOrigin"][];
            courseCount: number;
            /** @description of one that waits for approval: other registrations of its issuer, each with a client ID of its own */
            sameIssuer: {
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                id: string;
                name: string;
                clientId: string;
                /** @enum {string} */
                state: "pending" | "active" | "declined";
            }[];
            /** @description of its courses together; null before the first verification */
            proof: components["schemas"]["KeptProof"] | null;
            health: components["schemas"]["Health"];
            healthReason: string | null;
            tokenState: components["schemas"]["TokenState"];
            tokenExpiresAt: string | null;
            lastSuccessAt: string | null;
        };
        /**
         * @description pending: registered by the LMS itself, waiting for approval
         * @enum {string}
         */
        RegistrationState: "pending" | "active" | "declined";
        /** @description what Dynamic Registration said of the platform */
        PlatformFacts: {
            family: string | null;
            version: string | null;
            messageTypes: string[];
            noticeTypes: string[];
            scopesSupported: string[];
        };
        /** @description null while the platform takes what is sent */
        PlatformPacing: {
            /** @description nothing is sent before then */
            coolingDownUntil: string | null;
            reason: string | null;
            /** @description since when the platform has not answered; one call at a time finds out */
            silentSince: string | null;
        };
        /** @description why no sync begins now; null where one would */
        SyncBlock: {
            /**
             * @description the widest, where there are several
             * @enum {string}
             */
            reason: "archived" | "not_approved" | "deployment_not_approved" | "everything_paused" | "registration_paused" | "course_paused" | "cooling_down";
            /** @description who paused it */
            by: string | null;
            /** @description when the platform has cooled down */
            until: string | null;
        };
        Deployment: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            deploymentId: string;
            label: string;
            /**
             * @description pending: a launch named it, and nobody has approved it yet
             * @enum {string}
             */
            state: "pending" | "approved" | "declined";
            courseCount: number;
            lastLaunchAt: string | null;
        };
        ServiceOrigin: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @example https://lms.example.edu */
            origin: string;
            /**
             * @description pending: an address there was named, and nobody has decided yet
             * @enum {string}
             */
            state: "pending" | "approved" | "declined";
            /**
             * @description what named it: the registration itself, a verified launch, an address that was entered for a course, the platform in a reply, an admin, or the upgrade that began to ask
             * @enum {string}
             */
            source: "registration" | "launch" | "course" | "platform" | "operator" | "upgrade";
            /** @description null where a launch or the upgrade decided */
            decidedBy: string | null;
            decidedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
        };
        KeptProof: {
            /** @description scores that were sent, or refused */
            total: number;
            /** @description of these: the platform held what was sent */
            proven: number;
            /** @description of these: they differ, are missing or unreadable, and nobody left them as they are */
            open: number;
            /** @description results that nobody here sent */
            notOurs: number;
            /**
             * Format: date-time
             * @description the latest reading of any column
             * @example 2026-11-24T08:30:00.000Z
             */
            provedAt: string;
        };
        RegistrationImportResult: {
            format: components["schemas"]["RegistrationImportFormat"];
            added: number;
            known: number;
            differs: number;
            refused: number;
            rows: components["schemas"]["RegistrationImportRow"][];
        };
        /** @enum {string} */
        RegistrationImportFormat: "pylti1p3" | "ltijs" | "csv";
        RegistrationImportRow: {
            /** @description where it stands in the file */
            place: string;
            name: string;
            issuer: string;
            clientId: string;
            deploymentIds: string[];
            /**
             * @description known: a registration has this issuer and client ID, and says the same; differs: it says something else, and is not changed
             * @enum {string}
             */
            becomes: "added" | "known" | "differs" | "refused";
            /** @description of one that was added or is known */
            registrationId: string | null;
            /** @description what the file has otherwise than the registration */
            differences: components["schemas"]["RegistrationImportDifference"][];
            /** @description why it is refused */
            reasons: string[];
            /** @description what to do about one that is not added */
            advice: string | null;
        };
        RegistrationImportDifference: {
            /** @enum {string} */
            field: "tokenEndpoint" | "authorizationEndpoint" | "jwksUrl" | "audience" | "deploymentIds";
            here: string;
            file: string;
        };
        RegistrationKeys: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            signsWith: components["schemas"]["SignsWith"];
            /** @description the key set that the LMS reads; null where it was given the key */
            keySetUrl: string | null;
            /** @description where Rollbook's own keys are */
            ownKeySetUrl: string;
            /** @description for the tool's key set, where ours signs */
            ownKeys: {
                kty: string;
                n: string;
                e: string;
                kid: string;
                alg: string;
                use: string;
            }[];
            /** @description of the key that signs; null: there is none */
            kid: string | null;
            /** @description newest first */
            imported: components["schemas"]["ImportedKey"][];
        };
        ImportedKey: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            kid: string;
            /**
             * @description next: has signed nothing yet; previous: signs nothing any more
             * @enum {string}
             */
            state: "next" | "signing" | "previous";
            bits: number;
            /** @description what the tool's key set publishes of it */
            publicJwk: {
                kty: string;
                n: string;
                e: string;
                kid: string;
                alg: string;
                use: string;
            };
            importedBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            activatedAt: string | null;
        };
        RegistrationDraft: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            profile: components["schemas"]["PlatformProfile"];
            step: components["schemas"]["RegistrationDraftStep"];
            values: components["schemas"]["RegistrationDraftValues"];
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            updatedAt: string;
        };
        ConnectionTest: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            startedBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            finishedAt: string | null;
            /**
             * @description interrupted: the process that ran it ended before the test did
             * @enum {string}
             */
            state: "running" | "finished" | "interrupted";
            verdict: ("passed" | "warned" | "failed") | null;
            steps: components["schemas"]["ConnectionTestStep"][];
            /** @description offered where the platform may know us under another audience */
            audienceProbe: {
                offered: boolean;
                tried: {
                    audience: string;
                    accepted: boolean;
                    verbatim: string | null;
                }[];
                worked: string | null;
            } | null;
        };
        ConnectionTestStep: {
            /** @enum {string} */
            key: "endpoints" | "platform_jwks" | "tool_jwks" | "assertion" | "token" | "scopes" | "clock" | "memberships" | "line_items";
            title: string;
            /**
             * @description skipped: nothing to ask; not_reached: it depends on a step that failed
             * @enum {string}
             */
            state: "waiting" | "running" | "passed" | "warned" | "failed" | "skipped" | "not_reached";
            durationMs: number | null;
            /** @description one sentence */
            summary: string;
            verbatim: string | null;
            cause: string | null;
            /**
             * @description who has to act
             * @enum {string}
             */
            owner: "nobody" | "operator" | "instructor" | "platform_admin" | "platform_vendor" | "tool_developer" | "rollbook";
            fix: string | null;
            exchange: {
                /** @description redacted */
                request: string;
                response: string | null;
            } | null;
            facts: {
                label: string;
                value: string;
            }[];
        };
        ConnectionTestSummary: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            startedBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            finishedAt: string | null;
            /**
             * @description interrupted: the process that ran it ended before the test did
             * @enum {string}
             */
            state: "running" | "finished" | "interrupted";
            verdict: ("passed" | "warned" | "failed") | null;
        };
        Course: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            settingsVersion: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            /** @description the registration’s platform profile */
            platform: string;
            deploymentId: string;
            contextId: string;
            title: string;
            label: string;
            membershipsUrl: string | null;
            lineItemsUrl: string | null;
            lineItemUrl: string | null;
            groupsUrl: string | null;
            groupSetsUrl: string | null;
            scopes: string[];
            offersMemberships: boolean;
            offersGrades: boolean;
            memberCount: number | null;
            rosterSyncedAt: string | null;
            scores: components["schemas"]["ScoreCounts"];
            /** @description null before the first verification */
            proof: components["schemas"]["KeptProof"] | null;
            health: components["schemas"]["Health"];
            healthReason: string | null;
            lastRosterProblem: components["schemas"]["Problem"] | null;
            activeRunId: string | null;
            /** @description the run that sends its scores, those that come meanwhile too */
            sendingRunId: string | null;
            syncBlock: components["schemas"]["SyncBlock"] | null;
            /** @description larger removals are applied until then instead of held */
            dropsAllowedUntil: string | null;
            /**
             * @description as_they_come: a grade sync starts within seconds of a push
             * @enum {string}
             */
            sendPolicy: "on_request" | "as_they_come";
            /**
             * @description what happens to a score that somebody changed on the platform
             * @enum {string}
             */
            conflictPolicy: "overwrite" | "skip" | "ask";
            /**
             * @description what happens to a score that is not fully graded where the platform's profile wipes the grade for it and is known to hold one
             * @enum {string}
             */
            notFullyGraded: "refuse" | "send";
            /** @description send a value again although the platform accepted the same before */
            sendUnchanged: boolean;
            /**
             * @description whether a verification follows each grade sync; profile: where the LMS may keep another value than the one it took
             * @enum {string}
             */
            verifyAfterSend: "profile" | "always" | "never";
            pausedAt: string | null;
            pausedBy: string | null;
            archivedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
        };
        ScoreCounts: {
            pending: number;
            sending: number;
            sent: number;
            /** @description not sent: somebody changed them on the platform, and its values stay */
            skipped: number;
            rejected: number;
            conflict: number;
        };
        Problem: {
            /** @example lti.scope_mismatch */
            code: string;
            message: string;
            detail?: {
                [key: string]: unknown;
            };
        };
        Member: {
            userId: string;
            /** @description full role URIs, unknown ones kept */
            roles: string[];
            standing: components["schemas"]["Standing"];
            /** @enum {string} */
            status: "active" | "inactive" | "deleted";
            /** @description the groups that the platform says they are in; see `/courses/{id}/groups` */
            groupIds: string[];
            name: string | null;
            givenName: string | null;
            familyName: string | null;
            email: string | null;
            lisPersonSourcedId: string | null;
            /** @description the user ID under LTI 1.1, where the platform's roster tells it */
            lti11LegacyUserId: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            firstSeenAt: string;
            /** @description the last roster that listed them */
            lastSeenAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            changedAt: string;
            removedAt: string | null;
        };
        Group: {
            /** @description the platform's own; `groupIds` of members have it */
            id: string;
            name: string;
            tag: string | null;
            setId: string | null;
            setName: string | null;
            /** @description of the present roster */
            members: number;
        };
        Hold: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            state: components["schemas"]["HoldState"];
            rule: components["schemas"]["HoldRule"];
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            runId: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            courseTitle: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            removals: number;
            membersBefore: number;
            /** @description what the same sync did apply */
            applied: {
                added: number;
                changed: number;
            };
            /** @description other open holds of the registration */
            similar: number;
            /** @description people whom its approval removed and who can be taken back */
            restorable: number;
            /** @description people whom it names and its approval did not remove: back on the roster */
            stayed: number;
            /** @description larger drops in this course are applied until then */
            dropsAllowedUntil: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            decidedAt: string | null;
            decidedBy: string | null;
        };
        /**
         * @description superseded: a later sync read the roster again
         * @enum {string}
         */
        HoldState: "open" | "approved" | "discarded" | "superseded";
        HeldMember: {
            userId: string;
            name: string | null;
            email: string | null;
            roles: string[];
            /**
             * @description applied: the person was removed; discarded: the person stays
             * @enum {string}
             */
            state: "held" | "applied" | "discarded";
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            firstSeenAt: string;
            lastSeenAt: string | null;
        };
        HoldDecided: {
            hold: components["schemas"]["Hold"];
            removed: number;
            /** @description of an approval: people back on the roster, which was read once more; of a discard: all of them */
            stayed: number;
        };
        HoldRestored: {
            hold: components["schemas"]["Hold"];
            restored: number;
        };
        RunStarted: {
            run: components["schemas"]["Run"];
            /** @description the same sync was under way; this is that run */
            alreadyActive: boolean;
        };
        Run: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            kind: components["schemas"]["RunKind"];
            state: components["schemas"]["RunState"];
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            /** @description the registration’s platform profile */
            platform: string;
            courseId: string | null;
            courseTitle: string | null;
            trigger: components["schemas"]["RunTrigger"];
            startedBy: string;
            retryOfId: string | null;
            /** @description only says what it would change */
            isPreview: boolean;
            /** @description the preview whose changes it applies */
            appliesId: string | null;
            notBefore: string | null;
            waitReason: string | null;
            attempt: number;
            cancelRequested: boolean;
            /** @description what it is at; null until it has begun */
            phase: ("token" | "recover" | "fetch" | "conclude" | "send" | "apply" | "done") | null;
            total: number | null;
            done: number;
            failed: number;
            /** @description scores left alone, because somebody changed them on the platform and the course says so */
            skipped: number;
            /** @enum {string} */
            unit: "courses" | "scores";
            members: {
                seen: number;
                added: number;
                changed: number;
                removed: number;
            };
            ratePerSecond: number | null;
            secondsLeft: number | null;
            token: components["schemas"]["TokenFacts"];
            problem: components["schemas"]["Problem"] | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
        };
        TokenFacts: {
            /** @description null until the run has used a token */
            case: components["schemas"]["TokenCase"] | null;
            /** @description token requests this run caused */
            requested: number;
            /** @description times it took a cached token */
            reused: number;
            /** @description tokens replaced while it ran */
            refreshed: number;
            endpointSwaps: number;
        };
        /**
         * @description single_call: one call, one token; long_job: refreshed between batches; many_courses: endpoints swapped under one token; shared_cache: another job's token reused
         * @enum {string}
         */
        TokenCase: "single_call" | "long_job" | "many_courses" | "shared_cache";
        RosterPreview: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            runId: string;
            /**
             * @description open: can be applied; nothing: the rosters are the same; moved: the stored roster changed since, so it cannot be applied any more
             * @enum {string}
             */
            state: "under_way" | "open" | "nothing" | "applied" | "discarded" | "moved";
            found: {
                added: number;
                changed: number;
                removed: number;
                restored: number;
            };
            same: number;
            movedCourses: {
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                courseId: string;
                title: string;
            }[];
            appliedBy: string[];
        };
        /** @description how many people were taken back, in how many courses */
        RemovalsRestored: {
            restored: number;
            courses: number;
        };
        RosterChange: {
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            runId: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            courseTitle: string;
            userId: string;
            name: string | null;
            kind: components["schemas"]["RosterChangeKind"];
            state: components["schemas"]["RosterChangeState"];
            /** @description each field that differs; lists are joined by commas */
            fields: {
                field: string;
                from: string | null;
                to: string | null;
            }[];
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
        };
        LargerDrops: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            /** @description null: the rules hold again */
            dropsAllowedUntil: string | null;
        };
        LineItem: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            url: string;
            label: string;
            scoreMaximum: number;
            resourceId: string | null;
            tag: string | null;
            /** @description the link that it belongs to; such a one is deleted only with `coupled` */
            resourceLinkId: string | null;
            startAt: string | null;
            endAt: string | null;
            /** @description whether grades are to be shown to learners; null: the platform did not say */
            gradesReleased: boolean | null;
            scores: components["schemas"]["ScoreCounts"];
            /** @description since when the platform no longer has it, as far as it was seen or deleted */
            goneAt: string | null;
            /** @description who deleted it from here; its scores are kept */
            deletedBy: string | null;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
        };
        LineItemAdded: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            url: string;
            label: string;
            scoreMaximum: number;
            resourceId: string | null;
            tag: string | null;
            /** @description the link that it belongs to; such a one is deleted only with `coupled` */
            resourceLinkId: string | null;
            startAt: string | null;
            endAt: string | null;
            /** @description whether grades are to be shown to learners; null: the platform did not say */
            gradesReleased: boolean | null;
            scores: components["schemas"]["ScoreCounts"];
            /** @description since when the platform no longer has it, as far as it was seen or deleted */
            goneAt: string | null;
            /** @description who deleted it from here; its scores are kept */
            deletedBy: string | null;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /** @description false: it was on the platform already, or recorded here; then the status is 200 */
            wasCreated: boolean;
            /** @description what it has otherwise than asked for; nothing of it was changed */
            differs: ("label" | "scoreMaximum" | "resourceId" | "tag")[];
        };
        LineItemChanged: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            url: string;
            label: string;
            scoreMaximum: number;
            resourceId: string | null;
            tag: string | null;
            /** @description the link that it belongs to; such a one is deleted only with `coupled` */
            resourceLinkId: string | null;
            startAt: string | null;
            endAt: string | null;
            /** @description whether grades are to be shown to learners; null: the platform did not say */
            gradesReleased: boolean | null;
            scores: components["schemas"]["ScoreCounts"];
            /** @description since when the platform no longer has it, as far as it was seen or deleted */
            goneAt: string | null;
            /** @description who deleted it from here; its scores are kept */
            deletedBy: string | null;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /** @description what was asked for, and the platform has otherwise all the same */
            differs: ("label" | "scoreMaximum" | "resourceId" | "tag" | "startAt" | "endAt" | "gradesReleased")[];
        };
        LineItemDeleted: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            label: string;
            /** @description that it holds; they are kept here with their history */
            scores: number;
            /** @description of these: waited, and will not be sent any more */
            refused: number;
            /** @description the platform had it no longer */
            wasGone: boolean;
        };
        LineItemOnPlatform: {
            platform: {
                url: string;
                label: string;
                scoreMaximum: number;
                resourceId: string | null;
                tag: string | null;
                /** @description the link that it belongs to; such a one is deleted only with `coupled` */
                resourceLinkId: string | null;
                startAt: string | null;
                endAt: string | null;
                /** @description whether grades are to be shown to learners; null: the platform did not say */
                gradesReleased: boolean | null;
                /** @description members that Rollbook does not know; kept when it is changed */
                extensions: {
                    [key: string]: unknown;
                };
            };
            held: components["schemas"]["LineItem"];
            /** @description fields of which the two say different things */
            differs: ("label" | "scoreMaximum" | "resourceId" | "tag" | "startAt" | "endAt" | "gradesReleased")[];
            /** @description of what the platform has; what `If-Match` is compared with */
            version: string;
        };
        LineItemsImported: {
            added: number;
            updated: number;
            /** @description known here, and not on the platform any longer */
            gone: number;
            /** @description whether the platform's list was read to its end */
            complete: boolean;
        };
        Score: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            lineItemId: string;
            lineItemLabel: string;
            userId: string;
            name: string | null;
            scoreGiven: number | null;
            scoreMaximum: number | null;
            activityProgress: components["schemas"]["ActivityProgress"];
            gradingProgress: components["schemas"]["GradingProgress"];
            comment: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            timestamp: string;
            state: components["schemas"]["ScoreState"];
            attempts: number;
            httpStatus: number | null;
            problem: components["schemas"]["Problem"] | null;
            runId: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            updatedAt: string;
            sentAt: string | null;
            /** @description what the platform was seen to hold instead of our last value, out of our maximum */
            platformScore: number | null;
        };
        CourseScorePushResult: {
            /** @description stored as pending */
            accepted: number;
            /** @description already sent or pending with exactly this value */
            unchanged: number;
            /** @description not stored, and told in `rows`; 0 unless what is right is wanted */
            refused: number;
            /** @description of all that are right: people the roster does not list; the platform will probably refuse them */
            notInRoster: number;
            /** @description of all that are right: instructors and teaching assistants, as roster and launches have them; platforms refuse scores for them */
            teachers: number;
            runId: string | null;
            /** @description with `what-is-right`: each row of which there is something to tell */
            rows: components["schemas"]["RowNote"][];
            /** @description null where it would have had to be made, and no row was right */
            lineItemId: string | null;
            /** @description the line item was made for this */
            wasCreated: boolean;
        };
        RowNote: {
            /** @description its place in `scores`, from 0 */
            index: number;
            /** @description as it was sent, where it can be read */
            userId: string | null;
            /** @description false: refused; true: a warning */
            isStored: boolean;
            /** @enum {string} */
            code: "invalid" | "listed_twice" | "person_unknown" | "person_ambiguous" | "not_in_roster" | "teacher";
            message: string;
            /** @description what to do about it */
            advice: string;
        };
        Gradebook: {
            items: components["schemas"]["GradebookRow"][];
            /** @description null on the last page */
            nextCursor: string | null;
            /** @description rows matching the filter, over all pages; at most 10,000 are counted */
            total: number;
            /** @description there are more rows than `total` */
            totalIsCapped: boolean;
            columns: components["schemas"]["GradebookColumn"][];
            columnTotal: number;
        };
        GradebookRow: {
            userId: string;
            name: string | null;
            /** @description of the columns asked for; none: no score */
            cells: components["schemas"]["GradebookCell"][];
        };
        GradebookCell: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            lineItemId: string;
            state: components["schemas"]["GradebookCellState"];
            scoreGiven: number | null;
            scoreMaximum: number | null;
            /** @description what the platform was seen to hold instead */
            platformScore: number | null;
        };
        /**
         * @description sent: accepted and not verified since; proven: seen on the platform as sent; differs: the platform holds another value; missing: it holds none
         * @enum {string}
         */
        GradebookCellState: "sent" | "waiting" | "rejected" | "proven" | "differs" | "missing" | "left_alone" | "not_ours";
        GradebookColumn: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            label: string;
            scoreMaximum: number;
            goneAt: string | null;
        };
        ResultPage: {
            items: components["schemas"]["Result"][];
            /** @description null on the last page */
            nextCursor: string | null;
            /** @description rows of this page that could not be read */
            unreadable: number;
            /** @description on the last page: nothing speaks against having seen every result; false before it, and where the platform's pages lead nowhere */
            isWhole: boolean;
        };
        Result: {
            userId: string;
            /** @description as the roster has it */
            name: string | null;
            /** @description null: the platform holds no value */
            resultScore: number | null;
            /** @description 1 where the platform does not say */
            resultMaximum: number;
            comment: string | null;
            scoringUserId: string | null;
            /** @description the platform's address of the result */
            url: string | null;
            /** @description members that Rollbook does not know */
            extensions: {
                [key: string]: unknown;
            };
        };
        ScorePushResult: {
            /** @description stored as pending */
            accepted: number;
            /** @description already sent or pending with exactly this value */
            unchanged: number;
            /** @description not stored, and told in `rows`; 0 unless what is right is wanted */
            refused: number;
            /** @description of all that are right: people the roster does not list; the platform will probably refuse them */
            notInRoster: number;
            /** @description of all that are right: instructors and teaching assistants, as roster and launches have them; platforms refuse scores for them */
            teachers: number;
            runId: string | null;
            /** @description with `what-is-right`: each row of which there is something to tell */
            rows: components["schemas"]["RowNote"][];
        };
        ScoresWithdrawn: {
            /** @description waited, and will not be sent; what was sent before counts again */
            withdrawn: number;
            /** @description sent, refused, being sent, unknown here, or tried without an answer: the platform may have them */
            notWaiting: number;
        };
        ScoreCsvPreview: {
            lines: number;
            valid: number;
            /** @description recognised columns, as found */
            columns: string[];
            ignoredColumns: string[];
            /** @description the first 200 */
            errors: {
                line: number;
                column: string;
                message: string;
            }[];
            errorCount: number;
            sample: {
                line: number;
                userId: string;
                name: string | null;
                scoreGiven: number | null;
                scoreMaximum: number;
                comment: string | null;
                inRoster: boolean;
            }[];
            notInRoster: number;
            teachers: number;
            /** @description rows with more points than the maximum: extra credit, or a slip */
            aboveMaximum: number;
        };
        CourseProof: {
            /** @description scores that were sent, or refused */
            total: number;
            /** @description the platform holds what we say */
            proven: number;
            /** @description they differ, are missing or unreadable, and nobody left them as they are; those of people who left the course do not count */
            open: number;
            differs: number;
            missing: number;
            unreadable: number;
            /** @description sent, and not verified since */
            unproven: number;
            /** @description of those that differ or are missing: left as they are */
            left: number;
            /** @description results that nobody here sent */
            notOurs: number;
            /** @description the latest reading of any column */
            provedAt: string | null;
        };
        Difference: {
            /** @description the score's ID; of a result that is not ours its own */
            id: string;
            scoreId: string | null;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            lineItemId: string;
            lineItemLabel: string;
            userId: string;
            name: string | null;
            finding: components["schemas"]["ProofFinding"];
            /** @enum {string} */
            cause: "edited" | "kept_by_platform" | "left_alone" | "refused" | "locked" | "wiped" | "left_course" | "wiped_on_return" | "not_fully_graded" | "never_kept" | "column_gone" | "no_scope" | "origin_not_allowed" | "not_listed" | "no_answer" | "not_ours";
            ours: {
                score: number | null;
                maximum: number | null;
            };
            platforms: {
                score: number | null;
                maximum: number | null;
            };
            title: string;
            explanation: string;
            fix: string;
            /** @description who decided to leave it as it is */
            leftBy: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            seenAt: string;
        };
        ProofDecided: {
            decided: number;
            runId: string | null;
        };
        RegistrationHistory: {
            /** @description thirty, oldest first; the last is under way */
            days: components["schemas"]["RegistrationDay"][];
            /** @description now; 10,000 stands for more */
            scoresWaiting: number;
        };
        RegistrationDay: {
            /**
             * Format: date-time
             * @description its beginning, in UTC
             * @example 2026-11-24T08:30:00.000Z
             */
            day: string;
            /** @description runs that ended */
            runs: number;
            runsFailed: number;
            membersAdded: number;
            membersRemoved: number;
            /** @description by runs that ended on this day */
            scoresSent: number;
            /** @description with those that wait for a decision */
            scoresRejected: number;
            platform: components["schemas"]["PlatformDay"];
        };
        /** @description what runs asked of the platform */
        PlatformDay: {
            calls: number;
            /** @description no answer, or a server error */
            failed: number;
            /** @description answered with 429 */
            throttled: number;
            /** @description until the head of an answer, about; null where nothing was answered */
            medianMs: number | null;
            /** @description the same for 95 of 100 answers */
            p95Ms: number | null;
        };
        CourseHistory: {
            /** @description roster syncs of the last thirty days, oldest first; the latest sixty */
            syncs: components["schemas"]["CourseSync"][];
            /** @description there were more than these */
            hasEarlierSyncs: boolean;
            /** @description thirty, oldest first; the last is under way */
            days: components["schemas"]["ScoreDay"][];
        };
        CourseSync: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            runId: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @enum {string} */
            state: "succeeded" | "held" | "failed";
            added: number;
            removed: number;
            /** @description present afterwards; null where the roster was not known to its end */
            members: number | null;
        };
        ScoreDay: {
            /**
             * Format: date-time
             * @description its beginning, in UTC
             * @example 2026-11-24T08:30:00.000Z
             */
            day: string;
            sent: number;
            rejected: number;
        };
        System: {
            version: string;
            publicUrl: string;
            /** @description where platforms fetch our public keys */
            jwksUrl: string;
            database: {
                /** @enum {string} */
                kind: "embedded" | "server";
                /** @example 18.1 */
                version: string;
            };
            /** @description whether the present secret opens the signing key; else every run fails */
            secretOpens: boolean;
            engine: {
                alive: boolean;
                /** @description those alive */
                workers: number;
                lastHeartbeatAt: string | null;
            };
            /** @description set while all syncs are paused */
            paused: {
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                at: string;
                by: string;
            } | null;
            /** @description those seen within a day, latest first */
            workers: components["schemas"]["Worker"][];
            /** @description whether `npm run demo` started it */
            isDemo: boolean;
            hasDemoData: boolean;
            demoData: {
                /** @description of the made-up LMS */
                lmsUrl: string;
                registrations: number;
                courses: number;
            } | null;
            allowsPrivateNetwork: boolean;
        };
        Worker: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            host: string;
            pid: number;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            heartbeatAt: string;
            isAlive: boolean;
        };
        CourseSettingsView: {
            /**
             * @description as_they_come: a grade sync starts within seconds of a push
             * @enum {string}
             */
            sendPolicy: "on_request" | "as_they_come";
            /**
             * @description what happens to a score that somebody changed on the platform
             * @enum {string}
             */
            conflictPolicy: "overwrite" | "skip" | "ask";
            /**
             * @description what happens to a score that is not fully graded where the platform's profile wipes the grade for it and is known to hold one
             * @enum {string}
             */
            notFullyGraded: "refuse" | "send";
            /** @description send a value again although the platform accepted the same before */
            sendUnchanged: boolean;
            /**
             * @description whether a verification follows each grade sync; profile: where the LMS may keep another value than the one it took
             * @enum {string}
             */
            verifyAfterSend: "profile" | "always" | "never";
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
        };
        ConflictsResolved: {
            resolved: number;
            /** @description not in conflict, or not of this course */
            skipped: number;
            runId: string | null;
        };
        RunDetail: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            kind: components["schemas"]["RunKind"];
            state: components["schemas"]["RunState"];
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            /** @description the registration’s platform profile */
            platform: string;
            courseId: string | null;
            courseTitle: string | null;
            trigger: components["schemas"]["RunTrigger"];
            startedBy: string;
            retryOfId: string | null;
            /** @description only says what it would change */
            isPreview: boolean;
            /** @description the preview whose changes it applies */
            appliesId: string | null;
            notBefore: string | null;
            waitReason: string | null;
            attempt: number;
            cancelRequested: boolean;
            /** @description what it is at; null until it has begun */
            phase: ("token" | "recover" | "fetch" | "conclude" | "send" | "apply" | "done") | null;
            total: number | null;
            done: number;
            failed: number;
            /** @description scores left alone, because somebody changed them on the platform and the course says so */
            skipped: number;
            /** @enum {string} */
            unit: "courses" | "scores";
            members: {
                seen: number;
                added: number;
                changed: number;
                removed: number;
            };
            ratePerSecond: number | null;
            secondsLeft: number | null;
            token: components["schemas"]["TokenFacts"];
            problem: components["schemas"]["Problem"] | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            pause: components["schemas"]["RunPause"] | null;
            scheduleId: string | null;
            courses: components["schemas"]["RunCourse"][];
            /** @description the latest 1,000 */
            batches: components["schemas"]["RunBatch"][];
            /** @description the latest 1,000 */
            columns: components["schemas"]["RunColumn"][];
            /** @description one after the other, over all attempts */
            phases: components["schemas"]["RunPhase"][];
            /** @description when it stood still, and why */
            waits: components["schemas"]["RunWait"][];
            /** @description the latest 200, oldest first */
            events: components["schemas"]["RunEvent"][];
            retries: string[];
            /** @description those it drew on, in the order of first use */
            tokens: components["schemas"]["RunToken"][];
            /** @description people whom it removed, none of them back or removed anew: they can be restored */
            restorable: number;
            canCancel: boolean;
            canRetry: boolean;
        };
        /** @description what keeps a run from going on; null when nothing does */
        RunPause: {
            /** @enum {string} */
            scope: "everything" | "registration" | "course";
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            by: string;
        };
        RunCourse: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            title: string;
            /** @enum {string} */
            state: "pending" | "running" | "succeeded" | "failed" | "skipped" | "held";
            pages: number;
            members: {
                seen: number;
                added: number;
                changed: number;
                removed: number;
            };
            /** @description members that could not be read; no further ones are added from 500 on */
            quarantined: {
                page: number;
                userId: string | null;
                reason: string;
            }[];
            problem: components["schemas"]["Problem"] | null;
            startedAt: string | null;
            finishedAt: string | null;
        };
        RunBatch: {
            position: number;
            /** @enum {string} */
            state: "pending" | "running" | "succeeded" | "failed" | "skipped" | "held";
            size: number;
            sent: number;
            rejected: number;
            /** @description left alone: neither sent nor rejected */
            skipped: number;
            unknown: number;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            finishedAt: string | null;
        };
        /** @description a column that a verification has read */
        RunColumn: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            lineItemId: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            courseId: string;
            label: string;
            scores: number;
            /** @enum {string} */
            state: "succeeded" | "failed";
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            finishedAt: string;
        };
        RunPhase: {
            /**
             * @description queued: before it was first taken up; stopped: until it was taken up again
             * @enum {string}
             */
            phase: "queued" | "token" | "recover" | "fetch" | "conclude" | "send" | "apply" | "stopped";
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            finishedAt: string | null;
        };
        RunWait: {
            /** @example paused: by Ada Operator */
            reason: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            startedAt: string;
            finishedAt: string | null;
        };
        RunEvent: {
            /** @description rises with time */
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @enum {string} */
            level: "info" | "warning" | "error";
            /** @example token.refreshed */
            kind: string;
            message: string;
            detail: {
                [key: string]: unknown;
            } | null;
        };
        RunToken: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @description tells tokens apart without showing them */
            fingerprint: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            obtainedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            expiresAt: string;
            /** @description dropped before its end */
            evictedAt: string | null;
            /**
             * Format: date-time
             * @description by this run
             * @example 2026-11-24T08:30:00.000Z
             */
            firstUsedAt: string;
            /**
             * @description renewed: in place of the one before, requested or from the cache
             * @enum {string}
             */
            cameAs: "requested" | "cached" | "renewed";
        };
        ScoreOutcome: {
            id: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            scoreId: string;
            userId: string;
            name: string | null;
            lineItemLabel: string;
            batch: number;
            /** @enum {string} */
            kind: "sent" | "rejected" | "unknown" | "confirmed" | "skipped";
            scoreGiven: number | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            timestamp: string;
            httpStatus: number | null;
            problem: components["schemas"]["Problem"] | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
        };
        BulkOperation: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            action: components["schemas"]["BulkAction"];
            filter: {
                [key: string]: unknown;
            };
            filterWords: string[];
            /**
             * @description cancelling: it stops after the object that it is acting on
             * @enum {string}
             */
            state: "running" | "cancelling" | "done" | "cancelled";
            /** @description everything that matched when it was started */
            total: number;
            done: number;
            /** @description including those left alone from the start */
            skipped: number;
            failed: number;
            /** @description what matches and is left alone, by reason */
            untouched: {
                /** @example finished */
                reason: string;
                count: number;
            }[];
            /** @description the first 50 that were skipped or failed on the way */
            problems: {
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                objectId: string;
                name: string | null;
                /** @enum {string} */
                outcome: "skipped" | "failed";
                reason: string;
            }[];
            startedBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            finishedAt: string | null;
        };
        BulkPreview: {
            action: components["schemas"]["BulkAction"];
            /**
             * @example [
             *       "State: failed"
             *     ]
             */
            filterWords: string[];
            /** @description everything that matches */
            total: number;
            /** @description what the action would be tried on */
            targets: number;
            /** @description the first eight of those: a course's title, of a run over many the registration */
            names: string[];
            /** @description what matches and is left alone, by reason */
            untouched: {
                /** @example finished */
                reason: string;
                count: number;
            }[];
        };
        Schedule: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            /** @description null: all courses of the registration */
            courseId: string | null;
            courseTitle: string | null;
            kind: components["schemas"]["RunKind"];
            /** @description minute, hour, day of month, month, day of week */
            cron: string;
            /**
             * @description an IANA name
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description runs start somewhere within so many seconds after the time
             * @default 0
             */
            jitterSeconds: number;
            /** @default [] */
            blackouts: components["schemas"]["Blackout"][];
            /** @default true */
            isEnabled: boolean;
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            lastFiredAt: string | null;
            lastRunId: string | null;
            /** @description why its last turn started nothing; null when it started something */
            lastSkipReason: string | null;
            /** @description the next ten; none while it is disabled */
            nextTimes: components["schemas"]["ScheduledTime"][];
        };
        ScheduledTime: {
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /**
             * @description in the schedule's zone
             * @example Thu 26 Nov 2026, 02:00 CET
             */
            local: string;
            /** @description falls into a blackout, so nothing starts */
            isBlackedOut: boolean;
        };
        SchedulePreview: {
            nextTimes: components["schemas"]["ScheduledTime"][];
        };
        ScheduleWeek: {
            timeZone: string;
            /** Format: date */
            today: string;
            /** @description Monday to Sunday */
            days: {
                /** Format: date */
                date: string;
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                startsAt: string;
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                endsAt: string;
            }[];
            /** @description in the order of their times */
            entries: components["schemas"]["CalendarEntry"][];
            blackouts: components["schemas"]["CalendarBlackout"][];
            /** @description schedules whose times to come are left out, because there are very many */
            left: number;
        };
        CalendarEntry: {
            /** Format: date */
            date: string;
            hour: number;
            /**
             * Format: date-time
             * @description the first of them
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @description of one schedule within one hour */
            count: number;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            scheduleId: string;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            courseId: string | null;
            /** @description null for several or all courses */
            courseTitle: string | null;
            kind: components["schemas"]["RunKind"];
            /** @description what is to come, or of runs the state that they are in */
            state: ("planned" | "blacked_out" | "skipped") | components["schemas"]["RunState"];
            /** @description why a turn was skipped */
            reason: string | null;
            /** @description where it is one run */
            runId: string | null;
        };
        CalendarBlackout: {
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            until: string;
            /** @example Mon–Fri 08:00–18:00 (Europe/Berlin) */
            words: string;
            /** @description how many schedules it is of */
            schedules: number;
        };
        ScheduleDeleted: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
        };
        ChangePage: {
            items: components["schemas"]["Change"][];
            /** @description for `after` of the next request; never null */
            nextCursor: string;
            /** @description there is more already: ask again without waiting */
            hasMore: boolean;
        };
        Change: {
            /** @description names the change; the same when it is delivered again */
            id: string;
            /** @description grows with each change; there may be gaps */
            sequence: number;
            type: components["schemas"]["ChangeType"];
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @description null: it concerns the installation, such as an alert of a webhook */
            registrationId: string | null;
            courseId: string | null;
            /** @description of the member types: as the member is held now, which may be later than the change; null once all of the member was erased */
            member: components["schemas"]["Member"] | null;
            /** @description of the score types */
            score: components["schemas"]["ScoreChange"] | null;
            /** @description of all others: the run's ID, kind, state and counts; the hold's ID, state, rule and removals; what changed in a course, and by what; of person.erased, `userIdSha256`: the SHA-256 of `salt` followed by the user ID, both hashes in hex, and the `pseudonym` under which scores are kept */
            data: {
                [key: string]: unknown;
            };
        };
        ScoreChange: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            scoreId: string;
            runId: string | null;
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            lineItemId: string;
            lineItemUrl: string;
            resourceId: string | null;
            tag: string | null;
            userId: string;
            scoreGiven: number | null;
            scoreMaximum: number | null;
            /** @description of a conflict: what it holds */
            platformScore: number | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            timestamp: string;
            httpStatus: number | null;
            problem: components["schemas"]["Problem"] | null;
        };
        Webhook: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            /** Format: uri */
            url: string;
            types: ("member.added" | "member.changed" | "member.removed" | "member.restored" | "score.sent" | "score.rejected" | "score.conflict" | "course.discovered" | "course.changed" | "hold.opened" | "hold.decided" | "run.finished" | "person.erased" | "alert.opened" | "alert.closed" | "registration.health_changed")[];
            /** @description none: of all registrations */
            registrationIds: string[];
            /** @description members come with names and e-mail addresses; only who sees them may say so */
            hasNames: boolean;
            /**
             * @description failing: the receiver does not accept an event, which is tried again and holds back those after it
             * @enum {string}
             */
            state: "delivering" | "failing" | "disabled";
            /** @description gone: it answered 410; failing: it accepted nothing for a day */
            disabledReason: ("operator" | "gone" | "failing") | null;
            /** @description at the event that it does not accept */
            attempts: number;
            failingSince: string | null;
            nextAttemptAt: string | null;
            /** @description the cursor of the feed up to which it accepted all */
            told: string;
            /** @description numbers of the feed after that */
            waiting: number;
            /** @description it was off for longer than the feed is kept: so many numbers of the feed were never posted */
            skipped: {
                events: number;
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                at: string;
            } | null;
            formerSecretUntil: string | null;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
        };
        WebhookCreated: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            /** Format: uri */
            url: string;
            types: ("member.added" | "member.changed" | "member.removed" | "member.restored" | "score.sent" | "score.rejected" | "score.conflict" | "course.discovered" | "course.changed" | "hold.opened" | "hold.decided" | "run.finished" | "person.erased" | "alert.opened" | "alert.closed" | "registration.health_changed")[];
            /** @description none: of all registrations */
            registrationIds: string[];
            /** @description members come with names and e-mail addresses; only who sees them may say so */
            hasNames: boolean;
            /**
             * @description failing: the receiver does not accept an event, which is tried again and holds back those after it
             * @enum {string}
             */
            state: "delivering" | "failing" | "disabled";
            /** @description gone: it answered 410; failing: it accepted nothing for a day */
            disabledReason: ("operator" | "gone" | "failing") | null;
            /** @description at the event that it does not accept */
            attempts: number;
            failingSince: string | null;
            nextAttemptAt: string | null;
            /** @description the cursor of the feed up to which it accepted all */
            told: string;
            /** @description numbers of the feed after that */
            waiting: number;
            /** @description it was off for longer than the feed is kept: so many numbers of the feed were never posted */
            skipped: {
                events: number;
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                at: string;
            } | null;
            formerSecretUntil: string | null;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /** @description whsec_…, shown once; it signs what is posted */
            secret: string;
        };
        WebhookDelivery: {
            id: string;
            eventId: string;
            type: string;
            /** @enum {string} */
            reason: "change" | "test";
            attempt: number;
            isDelivered: boolean;
            httpStatus: number | null;
            /** @description why there was no answer */
            problem: string | null;
            /** @description the first 1,000 characters of it */
            answer: string;
            milliseconds: number;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
        };
        AlertBoard: {
            open: components["schemas"]["Alert"][];
            /** @description the latest first, 50 at most */
            closed: components["schemas"]["Alert"][];
            rules: components["schemas"]["AlertRule"][];
            /** @description the latest first, 50 at most */
            messages: components["schemas"]["AlertMessage"][];
            mailServer: components["schemas"]["MailServer"] | null;
        };
        Alert: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @enum {string} */
            kind: "failure" | "unverified" | "hold" | "rejected" | "difference" | "conflict" | "stale" | "key" | "webhook" | "pending_registration" | "pending_deployment" | "pending_origin";
            code: string;
            registrationId: string | null;
            registrationName: string | null;
            title: string;
            message: string;
            /** @description who must act */
            owner: string;
            /** @description where the console shows it */
            path: string;
            count: number;
            courses: number;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            openedAt: string;
            closedAt: string | null;
            lastSentAt: string | null;
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
        };
        AlertRule: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            addresses: string[];
            /** @description none: everything */
            kinds: ("failure" | "unverified" | "hold" | "rejected" | "difference" | "conflict" | "stale" | "key" | "webhook" | "pending_registration" | "pending_deployment" | "pending_origin")[];
            /** @description none: of all registrations */
            registrationIds: string[];
            /** @description what is opened in quiet hours is sent at their end */
            quietFrom: string | null;
            quietTo: string | null;
            timeZone: string;
            isEnabled: boolean;
            /** @description names what can be edited as it is now; the same as the ETag, without its quotes */
            version: string;
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
        };
        AlertMessage: {
            id: string;
            /** @enum {string} */
            news: "opened" | "closed" | "test";
            subject: string;
            rule: string;
            addresses: string[];
            /** @enum {string} */
            state: "waiting" | "sent" | "failed";
            attempts: number;
            problem: string | null;
            nextAt: string | null;
            sentAt: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
        };
        MailServer: {
            host: string;
            port: number;
            /**
             * @description tls: from the start; starttls: required; none: only on a private network
             * @enum {string}
             */
            security: "tls" | "starttls" | "none";
            user: string;
            hasPassword: boolean;
            /**
             * @description environment: by `ROLLBOOK_SMTP_URL`; it cannot be changed here
             * @enum {string}
             */
            source: "environment" | "settings";
            from: string;
        };
        AlertTestResult: {
            /** @description the mail server took it */
            isSent: boolean;
            /** @description why not, in its words */
            problem: string | null;
        };
        TokenSummary: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            platform: components["schemas"]["PlatformProfile"];
            state: components["schemas"]["TokenState"];
            /** @description the start of its SHA-256 */
            fingerprint: string | null;
            obtainedAt: string | null;
            expiresAt: string | null;
            /** @description from then on it is replaced before it is used */
            refreshFrom: string | null;
            lifetimeSeconds: number | null;
            /** @description of those needed */
            scopesGranted: number;
            /** @description by courses, or asked for */
            scopesNeeded: number;
            /** @description asked for and not granted, by their short names */
            missingScopes: string[];
            /** @description runs that share the present token */
            runCount: number;
            /** @description of these, those that are running */
            activeRuns: number;
            /** @description processes these runs took it in */
            processCount: number;
            /** @description reuses of the present token */
            reuses: number;
            /** @description token requests in the last 24 hours */
            requestsMade: number;
            /** @description requests that sharing a token or swapping endpoints made unnecessary, in the last 24 hours */
            requestsSaved: number;
            /** @description of the latest request that was turned down, however long ago */
            lastProblem: {
                /** @example lti.scope_mismatch */
                code: string;
                message: string;
                detail?: {
                    [key: string]: unknown;
                };
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                at: string;
            } | null;
            evictedAt: string | null;
            evictedReason: string | null;
        };
        Token: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            platform: components["schemas"]["PlatformProfile"];
            state: components["schemas"]["TokenState"];
            /** @description the start of its SHA-256 */
            fingerprint: string | null;
            obtainedAt: string | null;
            expiresAt: string | null;
            /** @description from then on it is replaced before it is used */
            refreshFrom: string | null;
            lifetimeSeconds: number | null;
            /** @description of those needed */
            scopesGranted: number;
            /** @description by courses, or asked for */
            scopesNeeded: number;
            /** @description asked for and not granted, by their short names */
            missingScopes: string[];
            /** @description runs that share the present token */
            runCount: number;
            /** @description of these, those that are running */
            activeRuns: number;
            /** @description processes these runs took it in */
            processCount: number;
            /** @description reuses of the present token */
            reuses: number;
            /** @description token requests in the last 24 hours */
            requestsMade: number;
            /** @description requests that sharing a token or swapping endpoints made unnecessary, in the last 24 hours */
            requestsSaved: number;
            /** @description of the latest request that was turned down, however long ago */
            lastProblem: {
                /** @example lti.scope_mismatch */
                code: string;
                message: string;
                detail?: {
                    [key: string]: unknown;
                };
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                at: string;
            } | null;
            evictedAt: string | null;
            evictedReason: string | null;
            scopes: components["schemas"]["ScopeGrant"][];
            /** @description runs of the last 24 hours by the way in which they came by their token */
            cases: {
                single_call: number;
                long_job: number;
                many_courses: number;
                shared_cache: number;
            };
            /** @description courses it was used for */
            courseCount: number;
            /** @description up to 20 of them, by title */
            courses: {
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                id: string;
                title: string;
            }[];
        };
        ScopeGrant: {
            scope: string;
            /** @example score */
            shortName: string;
            /** @description by the request of the present token */
            isRequested: boolean;
            isGranted: boolean;
            /** @description courses that may need it */
            courses: number;
            /** @description what cannot be done without it, granted or not; null where nothing needs it */
            breaks: string | null;
        };
        TokenLife: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            /** @description the start of its SHA-256 */
            fingerprint: string;
            /** @description why it was asked for; null where that request is no longer on record */
            reason: components["schemas"]["TokenRequestReason"] | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            obtainedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description its expiry, unless something came before that
             * @example 2026-11-24T08:30:00.000Z
             */
            endedAt: string;
            /** @enum {string} */
            end: "alive" | "expired" | "replaced" | "evicted";
            evictedReason: string | null;
            requestedScopes: string[];
            grantedScopes: string[];
            reuses: number;
            runCount: number;
            /** @description runs that drew on it, the latest first; at most 20 */
            runs: components["schemas"]["TokenRun"][];
        };
        TokenRun: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            kind: components["schemas"]["RunKind"];
            state: components["schemas"]["RunState"];
            courseId: string | null;
            courseTitle: string | null;
            case: components["schemas"]["TokenCase"] | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            firstUsedAt: string;
            /** @description its end, or when it took another token; null while it draws on this one */
            usedUntil: string | null;
            /** @description host and process ID, where known */
            process: string | null;
        };
        TokenRequest: {
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            reason: components["schemas"]["TokenRequestReason"];
            /** @description why the token before was dropped, where that was the reason */
            evictedReason: string | null;
            requestedScopes: string[];
            grantedScopes: string[];
            expiresAt: string | null;
            httpStatus: number | null;
            durationMs: number;
            runId: string | null;
            /** @description null where it was for no run, or the run is no longer on record */
            run: {
                kind: components["schemas"]["RunKind"];
                state: components["schemas"]["RunState"];
                courseId: string | null;
                courseTitle: string | null;
            } | null;
            problem: components["schemas"]["Problem"] | null;
        };
        ClientAssertion: {
            tokenEndpoint: string;
            header: {
                alg: string;
                kid: string;
                typ: string;
            };
            claims: {
                iss: string;
                sub: string;
                /** @description one is sent as a string, not as a list */
                aud: string[];
                iat: number;
                exp: number;
                /** @description another one in every request */
                jti: string;
            };
        };
        ContextRecorded: {
            /**
             * @description pending: nobody has approved the deployment, so no course was recorded
             * @enum {string}
             */
            deploymentState: "approved" | "pending";
            /** @description null outside of any course, too */
            course: components["schemas"]["Course"] | null;
            /** @description the course was not known before */
            isNew: boolean;
            /** @description a later launch is known: nothing was changed */
            isOutdated: boolean;
            /** @description field by field; a new course's fields come from null */
            changes: {
                [key: string]: {
                    from: unknown;
                    to: unknown;
                };
            };
            /** @description the column that was named */
            lineItem: components["schemas"]["LineItem"] | null;
            /** @description why the column could not be read; it is tried again next time */
            problems: components["schemas"]["Problem"][];
        };
        CourseLaunchChange: {
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @enum {string} */
            source: "launch" | "operator" | "api" | "notice";
            /** @description field by field; a new course's fields come from null */
            changes: {
                [key: string]: {
                    from: unknown;
                    to: unknown;
                };
            };
        };
        Invitation: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            profile: components["schemas"]["PlatformProfile"];
            /**
             * @description opened: the LMS followed the link and has not finished
             * @enum {string}
             */
            state: "open" | "opened" | "used" | "expired" | "revoked";
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            expiresAt: string;
            openedAt: string | null;
            usedAt: string | null;
            /** @description why the last try failed */
            problem: components["schemas"]["Problem"] | null;
            registrationId: string | null;
        };
        InvitationCreated: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            profile: components["schemas"]["PlatformProfile"];
            /**
             * @description opened: the LMS followed the link and has not finished
             * @enum {string}
             */
            state: "open" | "opened" | "used" | "expired" | "revoked";
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            expiresAt: string;
            openedAt: string | null;
            usedAt: string | null;
            /** @description why the last try failed */
            problem: components["schemas"]["Problem"] | null;
            registrationId: string | null;
            /** @description the registration URL to give to the LMS; shown once */
            url: string;
        };
        SigningKeyList: {
            keysetUrl: string;
            keys: components["schemas"]["SigningKey"][];
            /** @description the latest first */
            fetches: components["schemas"]["JwksFetch"][];
        };
        SigningKey: {
            kid: string;
            /**
             * @description next: published, signs nothing yet; previous: still published, signs nothing any more
             * @enum {string}
             */
            state: "next" | "signing" | "previous" | "retired";
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            activatedAt: string | null;
            retiredAt: string | null;
            /** @description when a next key may sign, or a previous one may be retired */
            mayChangeAt: string | null;
            /** @description callers that have seen it in our key set */
            fetchedBy: number;
        };
        JwksFetch: {
            address: string;
            userAgent: string;
            fetches: number;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            firstAt: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            lastAt: string;
            /** @description its last copy holds the key that signs */
            hasSigningKey: boolean;
        };
        SearchResult: {
            items: components["schemas"]["Found"][];
        };
        Found: {
            /** @enum {string} */
            kind: "registration" | "course" | "person" | "line_item" | "run" | "hold" | "operator";
            /** @description for a person the platform's user ID */
            id: string;
            title: string;
            /** @description what tells it from others of that title */
            note: string;
            /** @description where the console shows it */
            path: string;
            /** @description of a course: its platform offers rosters */
            canSyncRoster: boolean;
        };
        SavedView: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            list: components["schemas"]["ListName"];
            name: string;
            query: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            updatedAt: string;
        };
        Overview: {
            running: number;
            queued: number;
            needAttention: number;
            /** @description of some sort more waits than `attention` has; it comes once these are dealt with */
            needMore: boolean;
            /** @description all of this is of the registrations that the asker is limited to */
            isLimited: boolean;
            staleCourses: number;
            courses: number;
            registrations: number;
            scoresPending: number;
            scoresRejected: number;
            scoresInConflict: number;
            /** @description of all courses together; null before the first verification */
            proof: components["schemas"]["KeptProof"] | null;
            lastSuccessAt: string | null;
            attention: components["schemas"]["Attention"][];
            activeRuns: components["schemas"]["Run"][];
            recentRuns: components["schemas"]["Run"][];
            engine: {
                alive: boolean;
                workers: number;
                lastHeartbeatAt: string | null;
            };
            demo: boolean;
        };
        Attention: {
            /** @enum {string} */
            kind: "hold" | "pending_registration" | "pending_deployment" | "pending_origin" | "conflict" | "difference" | "rejected" | "failure" | "unverified" | "stale" | "key";
            /** @example lti.token_refused */
            code: string;
            title: string;
            message: string;
            /** @description who must act */
            owner: string;
            /** @description holds, scores or courses it stands for */
            count: number;
            registrationId: string | null;
            registrationName: string | null;
            courses: number;
            /** @description the course, where it is one */
            courseId: string | null;
            courseTitle: string | null;
            /** @description the run that can be retried */
            runId: string | null;
            /** @description the hold, where it is one */
            holdId: string | null;
            deploymentId: string | null;
            /** @description the service origin that waits */
            originId: string | null;
            /** @description where the console shows it */
            path: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            since: string;
        };
        Activity: {
            /** @enum {string} */
            period: "24h" | "7d" | "30d";
            stepSeconds: number;
            /** @description oldest first; the last is under way */
            steps: components["schemas"]["ActivityStep"][];
            /** @description the same over the period before */
            before: {
                /** @description members read */
                members: number;
                /** @description scores that platforms accepted */
                scores: number;
                /** @description rosters that failed and scores rejected */
                failures: number;
            };
            /** @description why runs failed, the most common first */
            causes: {
                code: string;
                runs: number;
                /**
                 * Format: uuid
                 * @description Rollbook's own identifier
                 */
                lastRunId: string;
            }[];
            /** @description those in whose runs most failed first; at most twelve */
            registrations: components["schemas"]["ActivityOfRegistration"][];
            /** @description what schedules start next */
            upcoming: components["schemas"]["UpcomingSync"][];
        };
        ActivityStep: {
            /**
             * Format: date-time
             * @description its beginning
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @description members read */
            members: number;
            /** @description scores that platforms accepted */
            scores: number;
            /** @description rosters that failed and scores rejected */
            failures: number;
            tokenRequests: number;
            /** @description token requests that sharing saved */
            tokenReuses: number;
        };
        ActivityOfRegistration: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            /** @description runs of each step */
            runs: number[];
            /** @description of these, those that failed, partly or wholly, or were held */
            failed: number[];
        };
        UpcomingSync: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            scheduleId: string;
            kind: components["schemas"]["RunKind"];
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            registrationId: string;
            registrationName: string;
            courseId: string | null;
            courseTitle: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
        };
        DemoDataRemoved: {
            registrations: number;
            courses: number;
        };
        AuditEntry: {
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            at: string;
            /** @description the name that the actor had then */
            actor: string;
            /** @enum {string} */
            actorKind: "operator" | "api_key" | "system" | "anonymous";
            actorId: string | null;
            /** @enum {string} */
            source: "operator" | "api" | "schedule" | "system" | "anonymous";
            /** @example registration.create */
            action: string;
            object: string;
            objectId: string | null;
            /** @description what the object is called now; a run, hold or schedule by its course */
            objectName: string | null;
            detail: {
                [key: string]: unknown;
            } | null;
            /** @description where the request came from */
            address: string | null;
            requestId: string | null;
            /** @description how often: what anybody can cause is counted within a minute */
            times: number;
        };
        ApiKey: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            /** @description its first characters */
            prefix: string;
            scopes: components["schemas"]["ApiKeyScope"][];
            /** @description none: all registrations */
            registrationIds: string[];
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /** @description null: it does not expire */
            expiresAt: string | null;
            /** @description the key that made it and that it is revoked with */
            parentId: string | null;
            /** @description the key whose place it took */
            replacesId: string | null;
            lastUsedAt: string | null;
            /** @description where that use came from */
            lastUsedAddress: string | null;
            revokedAt: string | null;
        };
        ApiKeyCreated: {
            /**
             * Format: uuid
             * @description Rollbook's own identifier
             */
            id: string;
            name: string;
            /** @description its first characters */
            prefix: string;
            scopes: components["schemas"]["ApiKeyScope"][];
            /** @description none: all registrations */
            registrationIds: string[];
            createdBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /** @description null: it does not expire */
            expiresAt: string | null;
            /** @description the key that made it and that it is revoked with */
            parentId: string | null;
            /** @description the key whose place it took */
            replacesId: string | null;
            lastUsedAt: string | null;
            /** @description where that use came from */
            lastUsedAddress: string | null;
            revokedAt: string | null;
            /** @description shown once */
            key: string;
        };
        Operator: {
            id: string;
            name: string;
            email: string;
            role: components["schemas"]["Role"];
            /** @description sees the names, e-mail addresses and pictures of people in rosters */
            seesNames: boolean;
            /** @description none: all registrations */
            registrationIds: string[];
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            createdAt: string;
            /** @description of the sessions that still stand, when the latest was last renewed */
            lastSeenAt: string | null;
            /** @description none: the person is invited and has not signed in yet */
            signsInBy: ("password" | "single_sign_on")[];
            /** @description what is asked beside a password, or in place of it; none: nothing */
            secondFactors: ("app" | "passkey")[];
            /** @description a rule of single sign-on says at each sign-in what this person may do */
            accessByRule: boolean;
            /** @description until when a link to choose a password is good */
            linkEndsAt: string | null;
        };
        PasswordLink: {
            operator: components["schemas"]["Operator"];
            /** @description shown once; whoever has it chooses the password */
            url: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            expiresAt: string;
        };
        SingleSignOn: {
            /**
             * @description what the environment says goes before what is set here
             * @enum {string}
             */
            source: "environment" | "settings" | "none";
            isOn: boolean;
            issuer: string;
            clientId: string;
            hasClientSecret: boolean;
            /** @description the button's words on the sign-in page */
            label: string;
            scopes: string;
            /** @description the first that a person's claims meet says what they may do */
            rules: {
                claim: string;
                value: string;
                /** @enum {string} */
                role: "viewer" | "operator" | "admin";
                /** @default false */
                seesNames: boolean;
                /** @default [] */
                registrationIds: string[];
            }[];
            /** @description nobody signs in with a password */
            only: boolean;
            passwordsAreOff: boolean;
            /** @description why passwords open sessions although `only` is set */
            onlyIgnoredBecause: string | null;
            /** @description to be registered at the provider */
            redirectUri: string;
        };
        SingleSignOnTest: {
            works: boolean;
            words: string;
            issuer: string | null;
            authorizationEndpoint: string | null;
            tokenEndpoint: string | null;
            keys: {
                kid: string | null;
                alg: string | null;
                kty: string | null;
            }[];
            problems: string[];
        };
        PasswordsAllowed: {
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            until: string;
        };
        Session: {
            id: string;
            operator: {
                id: string;
                name: string;
                email: string;
            };
            /** @description the very session that asks */
            isOwn: boolean;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            signedInAt: string;
            /**
             * Format: date-time
             * @description the last page or act, to the minute
             * @example 2026-11-24T08:30:00.000Z
             */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description at the latest; unless it is used, earlier
             * @example 2026-11-24T08:30:00.000Z
             */
            endsAt: string;
            /** @description where it was signed in from */
            address: string | null;
            /** @description as it named itself then */
            browser: string | null;
        };
        SessionsEnded: {
            ended: number;
        };
        PersonExport: {
            registrationId: string;
            userId: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            exportedAt: string;
            /** @description what is stored about the person, by table */
            rows: {
                [key: string]: unknown[];
            };
            /** @description where else the person's ID, name or address stands */
            mentions: {
                table: string;
                id: string;
                column: string;
                value: unknown;
            }[];
        };
        ErasedPerson: {
            id: string;
            registrationId: string;
            /** @description stands in place of the user ID */
            pseudonym: string;
            /** @description rows, by table */
            touched: {
                [key: string]: number;
            };
            erasedBy: string;
            /**
             * Format: date-time
             * @example 2026-11-24T08:30:00.000Z
             */
            erasedAt: string;
            /** @description when a roster was first seen to list the person again */
            listedAgainAt: string | null;
        };
        RetentionView: {
            /** @description names, addresses and pictures of people after they left a course, in days; null: for ever */
            leftMembers: number | null;
            /** @description what rosters changed, and members that could not be read, in days; null: for ever */
            rosterChanges: number | null;
            /** @description the outcome of each score that was sent, in days; null: for ever */
            outcomes: number | null;
            /** @description the events of runs, in days; null: for ever */
            events: number | null;
            /** @description requests for tokens, in days; null: for ever */
            tokenRequests: number | null;
            /** @description connection tests, but each registration's last, in days; null: for ever */
            connectionTests: number | null;
            /** @description pages that were launched in an LMS, after their end, in days; null: for ever */
            launchSessions: number | null;
            /** @description entries of the audit, in days; null: for ever */
            audit: number | null;
            /** @description the last night's; null before the first */
            lastPass: {
                /**
                 * Format: date-time
                 * @example 2026-11-24T08:30:00.000Z
                 */
                startedAt: string;
                /** @description null where it did not come to its end */
                finishedAt: string | null;
                /** @description rows, by class */
                removed: {
                    [key: string]: number;
                };
            } | null;
        };
    };
    responses: {
        /** @description The body is not JSON in UTF-8, or has a name twice in one object. */
        BodyMalformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description No API key and no session, or one that is no longer good. */
        NotAuthenticated: {
            headers: {
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description A session cookie with a request from another site. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description There is no such thing. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description What is stored stands against it. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The ETag in If-Match is no longer the present one; `facts.current` has what is stored. */
        VersionMismatch: {
            headers: {
                ETag?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The body is too large. */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The body has another media type. */
        MediaTypeRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Parameters or fields are not valid; `fields` says which and why. */
        InvalidInput: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description More than the limit of requests a minute. */
        TooManyRequests: {
            headers: {
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description A fault of Rollbook's; the log knows it by the request ID. */
        Unexpected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The platform refused or failed; `facts` has its own words. */
        PlatformFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The database is away, or the platform limits requests. */
        Unavailable: {
            headers: {
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listRegistrations: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description name, issuer or client ID contains */
                q?: string;
                /** @description exactly this issuer */
                issuer?: string;
                /** @description exactly this client ID */
                clientId?: string;
                profile?: components["schemas"]["PlatformProfile"];
                /** @description those waiting for approval are listed as pending */
                state?: "pending" | "active" | "declined" | "all";
                archived?: "no" | "yes" | "all";
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "createdAt" | "-createdAt" | "lastLaunchAt" | "-lastLaunchAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Registration"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRegistration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "State University",
                 *       "profile": "canvas",
                 *       "issuer": "https://canvas.instructure.com",
                 *       "clientId": "10000000000042",
                 *       "tokenEndpoint": "https://sso.canvaslms.com/login/oauth2/token",
                 *       "authorizationEndpoint": "https://sso.canvaslms.com/api/lti/authorize_redirect",
                 *       "jwksUrl": "https://sso.canvaslms.com/api/lti/security/jwks",
                 *       "deploymentIds": [
                 *         "8865:b98c"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    importRegistrations: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "name,issuer,client_id,token_endpoint,authorization_endpoint,jwks_url\nState University,https://lms.example.edu,tool-1,https://lms.example.edu/token,https://lms.example.edu/auth,https://lms.example.edu/jwks\n"
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationImport"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationImportResult"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewRegistrationImport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "name,issuer,client_id,token_endpoint,authorization_endpoint,jwks_url\nState University,https://lms.example.edu,tool-1,https://lms.example.edu/token,https://lms.example.edu/auth,https://lms.example.edu/jwks\n"
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationImport"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationImportResult"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateRegistration: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "State University",
                 *       "profile": "canvas",
                 *       "issuer": "https://canvas.instructure.com",
                 *       "clientId": "10000000000042",
                 *       "tokenEndpoint": "https://sso.canvaslms.com/login/oauth2/token",
                 *       "authorizationEndpoint": "https://sso.canvaslms.com/api/lti/authorize_redirect",
                 *       "jwksUrl": "https://sso.canvaslms.com/api/lti/security/jwks",
                 *       "deploymentIds": [
                 *         "8865:b98c"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchRegistration: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "State University"
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    archiveRegistration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreRegistration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    addDeployment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "deploymentId": "8865:b98c",
                 *       "label": "College of Engineering"
                 *     }
                 */
                "application/json": components["schemas"]["DeploymentInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    addServiceOrigin: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "origin": "https://lms.example.edu"
                 *     }
                 */
                "application/json": components["schemas"]["ServiceOriginInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveServiceOrigin: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
                originId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    declineServiceOrigin: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
                originId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeServiceOrigin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
                originId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistrationKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationKeys"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    importKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----",
                 *       "kid": "tool-2026"
                 *     }
                 */
                "application/json": components["schemas"]["ImportedKeyInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationKeys"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    useImportedKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationKeys"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteImportedKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationKeys"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDrafts: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RegistrationDraft"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDraft: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "profile": "moodle",
                 *       "step": "by_hand",
                 *       "values": {
                 *         "name": "State University",
                 *         "site": "https://moodle.example.edu",
                 *         "clientId": "RtV3kGk0"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationDraftInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationDraft"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draftId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationDraft"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    saveDraft: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                draftId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "profile": "moodle",
                 *       "step": "by_hand",
                 *       "values": {
                 *         "name": "State University",
                 *         "site": "https://moodle.example.edu",
                 *         "clientId": "RtV3kGk0"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationDraftPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationDraft"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteDraft: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                draftId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationDraft"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchDraft: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                draftId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "step": "by_hand"
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationDraftPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationDraft"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConnectionTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"] | null;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    testConnection: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConnectionTests: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the latest 20, newest first; older ones are forgotten */
                        items: components["schemas"]["ConnectionTestSummary"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    probeAudience: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCourses: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description title, label or context ID contains */
                q?: string;
                registrationId?: string;
                /** @description exactly this deployment ID */
                deploymentId?: string;
                /** @description exactly this context ID */
                contextId?: string;
                service?: "memberships" | "grades";
                /** @description may need this scope: a roster's address is there, or it was announced */
                scope?: string;
                health?: components["schemas"]["Health"];
                /** @description roster: never synced, or not lately; scores: some wait to be sent */
                waiting?: "roster" | "scores";
                /** @description of the last roster sync or the last grade sync, where it failed */
                errorCode?: string;
                archived?: "no" | "yes" | "all";
                /** @description a minus before the column turns the order round */
                sort?: "title" | "-title" | "createdAt" | "-createdAt" | "rosterSyncedAt" | "-rosterSyncedAt" | "lastLaunchAt" | "-lastLaunchAt" | "memberCount" | "-memberCount";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Course"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCourse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "registrationId": "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11",
                 *       "deploymentId": "8865:b98c",
                 *       "contextId": "4dde05e8ca1973bcca9bffc13e1548820eee93a3",
                 *       "title": "Introduction to Biology",
                 *       "label": "BIO 101",
                 *       "membershipsUrl": "https://lms.example.edu/api/lti/courses/1017/names_and_roles",
                 *       "lineItemsUrl": "https://lms.example.edu/api/lti/courses/1017/line_items",
                 *       "scopes": [
                 *         "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
                 *         "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
                 *         "https://purl.imsglobal.org/spec/lti-ags/scope/score"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CourseInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCourse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCourse: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "deploymentId": "8865:b98c",
                 *       "contextId": "4dde05e8ca1973bcca9bffc13e1548820eee93a3",
                 *       "title": "Introduction to Biology",
                 *       "label": "BIO 101",
                 *       "membershipsUrl": "https://lms.example.edu/api/lti/courses/1017/names_and_roles",
                 *       "lineItemsUrl": "https://lms.example.edu/api/lti/courses/1017/line_items",
                 *       "scopes": [
                 *         "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
                 *         "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
                 *         "https://purl.imsglobal.org/spec/lti-ags/scope/score"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CoursePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchCourse: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Introduction to Biology"
                 *     }
                 */
                "application/json": components["schemas"]["CoursePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    archiveCourse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreCourse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "userId" | "-userId" | "email" | "-email" | "firstSeenAt" | "-firstSeenAt" | "changedAt" | "-changedAt";
                /** @description name, e-mail, user ID, SIS ID or LTI 1.1 user ID contains */
                q?: string;
                /** @description exactly this user ID */
                userId?: string;
                /** @description exactly this e-mail, in any case */
                email?: string;
                /** @description exactly this SIS ID */
                lisPersonSourcedId?: string;
                /** @description exactly this user ID of LTI 1.1 */
                lti11LegacyUserId?: string;
                role?: components["schemas"]["Standing"];
                /** @description in exactly this group */
                groupId?: string;
                presence?: "present" | "removed" | "all";
                /** @description what happened to them; takes the place of `presence` */
                change?: "added" | "changed" | "removed";
                /** @description a date or a moment, for `change` */
                since?: string;
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Member"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Group"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description open when it is left out */
                state?: "open" | "approved" | "discarded" | "superseded" | "all";
                rule?: components["schemas"]["HoldRule"];
                registrationId?: string;
                courseId?: string;
                runId?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "createdAt" | "-createdAt" | "removals" | "-removals";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Hold"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listHeldMembers: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HeldMember"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveHold: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldDecided"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    discardHold: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldDecided"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreHold: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldRestored"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkHoldAgain: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPreview"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    applyPreview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "withoutRemovals": false
                 *     }
                 */
                "application/json": components["schemas"]["PreviewApply"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    discardPreview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterPreview"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreRemovals: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovalsRestored"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRunRosterChanges: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                kind?: components["schemas"]["RosterChangeKind"];
                state?: components["schemas"]["RosterChangeState"];
                /** @description user ID or name contains */
                q?: string;
                /** @description of a run over many courses, this one */
                courseId?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
            };
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RosterChange"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCourseRosterChanges: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                kind?: components["schemas"]["RosterChangeKind"];
                state?: components["schemas"]["RosterChangeState"];
                /** @description user ID or name contains */
                q?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RosterChange"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreMember: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    allowLargerDrops: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LargerDrops"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    holdLargerDrops: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LargerDrops"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLineItems: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description exactly this address */
                url?: string;
                /** @description exactly this resource ID */
                resourceId?: string;
                /** @description exactly this tag */
                tag?: string;
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LineItem"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    addLineItem: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "label": "Quiz 1",
                 *       "scoreMaximum": 100,
                 *       "resourceId": "quiz-1",
                 *       "tag": "grade"
                 *     }
                 */
                "application/json": components["schemas"]["LineItemInput"];
            };
        };
        responses: {
            /** @description It was there already */
            200: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItemAdded"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItemAdded"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLineItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItem"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteLineItem: {
        parameters: {
            query?: {
                /** @description its label, to the letter; without it nothing is deleted */
                confirm?: string;
                /** @description true: delete it also where it belongs to a link of the course */
                coupled?: boolean | string;
            };
            header?: {
                "If-Match"?: string;
            };
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItemDeleted"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateLineItem: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "label": "Quiz 1, second try",
                 *       "endAt": "2026-12-24T12:00:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["LineItemPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItemChanged"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    readLineItemOnPlatform: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItemOnPlatform"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    importLineItems: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItemsImported"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listScores: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                state?: components["schemas"]["ScoreState"];
                lineItemId?: string;
                /** @description exactly this user ID */
                userId?: string;
                /** @description exactly this SIS ID in the roster; needs `read:names` */
                sisId?: string;
                /** @description this e-mail in the roster, in any case of letters; needs `read:names` */
                email?: string;
                errorCode?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description user ID or name contains */
                q?: string;
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "lineItem" | "-lineItem" | "score" | "-score" | "updatedAt" | "-updatedAt" | "sentAt" | "-sentAt";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Score"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    pushCourseScores: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lineItem": {
                 *         "resourceId": "quiz-1",
                 *         "tag": "grade",
                 *         "label": "Quiz 1",
                 *         "scoreMaximum": 100
                 *       },
                 *       "idType": "sis_id",
                 *       "acceptance": "what-is-right",
                 *       "scores": [
                 *         {
                 *           "userId": "s-1017",
                 *           "scoreGiven": 87.5
                 *         }
                 *       ],
                 *       "send": true
                 *     }
                 */
                "application/json": components["schemas"]["CourseScorePush"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseScorePushResult"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listGradebook: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description user ID or name contains */
                q?: string;
                /** @description people who have a score in this state; missing counts as differs */
                state?: "sent" | "waiting" | "rejected" | "proven" | "differs";
                /** @description how many columns to pass over, oldest first */
                columnsFrom?: number;
                columnLimit?: number;
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gradebook"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listResults: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description this person's result alone */
                userId?: string;
            };
            header?: never;
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultPage"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    pushScores: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scores": [
                 *         {
                 *           "userId": "u-1017",
                 *           "scoreGiven": 87.5,
                 *           "comment": "Well argued"
                 *         }
                 *       ],
                 *       "send": true
                 *     }
                 */
                "application/json": components["schemas"]["ScorePush"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorePushResult"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawScores: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userIds": [
                 *         "u-1017"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ScoreWithdrawal"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoresWithdrawn"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    uploadScoreCsv: {
        parameters: {
            query?: {
                /** @description start a grade sync of the course at once */
                send?: boolean | string;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example user_id,score,comment
                 *     u-1017,87.5,Well argued
                 *     u-1018,91,
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorePushResult"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewScoreCsv: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example user_id,score,comment
                 *     u-1017,87.5,Well argued
                 *     u-1018,91,
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreCsvPreview"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCourseProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseProof"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDifferences: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                finding?: components["schemas"]["ProofFinding"];
                lineItemId?: string;
                /** @description user ID or name contains */
                q?: string;
                /** @description only those left as they are, or only the open ones */
                left?: boolean;
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Difference"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    decideDifferences: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "act": "send",
                 *       "matching": {
                 *         "finding": "missing"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ProofDecision"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProofDecided"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRegistrationHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationHistory"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCourseHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseHistory"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseCourse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeCourse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseRegistration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeRegistration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseEverything: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeEverything: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    endPlatformCooldown: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCourseSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseSettingsView"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCourseSettings: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sendPolicy": "as_they_come",
                 *       "conflictPolicy": "ask",
                 *       "verifyAfterSend": "always"
                 *     }
                 */
                "application/json": components["schemas"]["CourseSettingsPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchCourseSettings: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "conflictPolicy": "ask"
                 *     }
                 */
                "application/json": components["schemas"]["CourseSettingsPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    resolveConflicts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scoreIds": [
                 *         "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"
                 *       ],
                 *       "resolution": "overwrite",
                 *       "send": true
                 *     }
                 */
                "application/json": components["schemas"]["ConflictResolution"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConflictsResolved"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description one state or several, separated by commas */
                state?: components["schemas"]["RunState"][];
                kind?: components["schemas"]["RunKind"];
                registrationId?: string;
                courseId?: string;
                trigger?: components["schemas"]["RunTrigger"];
                /** @description who started it: the name contains */
                actor?: string;
                errorCode?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description finished, and took at least so long */
                minSeconds?: number;
                /** @description finished, and took at most so long */
                maxSeconds?: number;
                /** @description course, registration or who started it contains, or the run's ID begins with this text */
                q?: string;
                /** @description a minus before the column turns the order round */
                sort?: "createdAt" | "-createdAt" | "finishedAt" | "-finishedAt" | "took" | "-took";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Run"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                        /** @description runs per state under the same filter without `state`; at most 10,000 each */
                        counts: {
                            queued: number;
                            running: number;
                            paused: number;
                            held: number;
                            succeeded: number;
                            partly_succeeded: number;
                            failed: number;
                            cancelled: number;
                        };
                        /** @description states of which there are more runs */
                        cappedCounts: components["schemas"]["RunState"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "roster_sync",
                 *       "registrationId": "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"
                 *     }
                 */
                "application/json": components["schemas"]["RunStart"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryRun: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOutcomes: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                kind?: "sent" | "rejected" | "unknown" | "confirmed" | "skipped";
                errorCode?: string;
                /** @description user ID or name contains */
                q?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
            };
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ScoreOutcome"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                        /** @description outcomes per kind under the same filter without `kind`; at most 10,000 each */
                        counts: {
                            sent: number;
                            rejected: number;
                            unknown: number;
                            confirmed: number;
                            skipped: number;
                        };
                        /** @description kinds of which there are more */
                        cappedCounts: ("sent" | "rejected" | "unknown" | "confirmed" | "skipped")[];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBulkOperations: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                action?: components["schemas"]["BulkAction"];
                state?: "running" | "cancelling" | "done" | "cancelled";
                /** @description who started it: the name contains */
                actor?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BulkOperation"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    startBulkOperation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "runs.retry",
                 *       "filter": {
                 *         "state": [
                 *           "failed"
                 *         ],
                 *         "registrationId": "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BulkStart"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOperation"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewBulkOperation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "runs.retry",
                 *       "filter": {
                 *         "state": [
                 *           "failed"
                 *         ],
                 *         "registrationId": "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BulkStart"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkPreview"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBulkOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOperation"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelBulkOperation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOperation"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                registrationId?: string;
                courseId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Schedule"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSchedule: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "roster_sync",
                 *       "cron": "0 2 * * *",
                 *       "timeZone": "Europe/Berlin",
                 *       "jitterSeconds": 1800,
                 *       "blackouts": [
                 *         {
                 *           "days": [
                 *             1,
                 *             2,
                 *             3,
                 *             4,
                 *             5
                 *           ],
                 *           "from": "08:00",
                 *           "to": "18:00"
                 *         },
                 *         {
                 *           "firstDay": "2026-12-19",
                 *           "lastDay": "2027-01-06"
                 *         }
                 *       ],
                 *       "registrationId": "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"
                 *     }
                 */
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewSchedule: {
        parameters: {
            query: {
                /** @description minute, hour, day of month, month, day of week */
                cron: string;
                /** @description an IANA name */
                timeZone: string;
                /** @description as people write them, with semicolons between */
                blackouts?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePreview"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getScheduleWeek: {
        parameters: {
            query: {
                /** @description a day of the week that is wanted; today where it is left out */
                day?: string;
                /** @description by whose clock days begin */
                timeZone: string;
                registrationId?: string;
                courseId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleWeek"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateSchedule: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "roster_sync",
                 *       "cron": "0 2 * * *",
                 *       "timeZone": "Europe/Berlin",
                 *       "jitterSeconds": 1800,
                 *       "blackouts": [
                 *         {
                 *           "days": [
                 *             1,
                 *             2,
                 *             3,
                 *             4,
                 *             5
                 *           ],
                 *           "from": "08:00",
                 *           "to": "18:00"
                 *         },
                 *         {
                 *           "firstDay": "2026-12-19",
                 *           "lastDay": "2027-01-06"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SchedulePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleDeleted"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchSchedule: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cron": "0 3 * * *"
                 *     }
                 */
                "application/json": components["schemas"]["SchedulePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    enableSchedule: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    disableSchedule: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                scheduleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    readChanges: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the answer before this one; `now` for a cursor at the present, with no changes; left out: the first change that there was */
                after?: string;
                /** @description only these, separated by commas */
                types?: components["schemas"]["ChangeType"][];
                registrationId?: string;
                courseId?: string;
                limit?: number;
                /** @description seconds to wait for a change where there is none */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Grade book",
                 *       "url": "https://tool.example.edu/hooks/rollbook",
                 *       "types": [
                 *         "member.added",
                 *         "score.rejected"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["WebhookInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookCreated"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    editWebhook: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "types": [
                 *         "score.rejected"
                 *       ],
                 *       "isEnabled": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookChanges"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24
                 *     }
                 */
                "application/json": components["schemas"]["WebhookSecretRotation"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookCreated"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-30T08:00:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertBoard"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                alertId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAlertRule: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Operators",
                 *       "addresses": [
                 *         "lti@example.edu"
                 *       ],
                 *       "quietFrom": "22:00",
                 *       "quietTo": "07:00",
                 *       "timeZone": "Europe/Berlin"
                 *     }
                 */
                "application/json": components["schemas"]["AlertRuleInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    editAlertRule: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "isEnabled": false
                 *     }
                 */
                "application/json": components["schemas"]["AlertRuleChanges"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description of what can be edited, for `If-Match` */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRule"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    testAlertRule: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertTestResult"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    saveMailServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "host": "smtp.example.edu",
                 *       "port": 587,
                 *       "security": "starttls",
                 *       "user": "rollbook",
                 *       "password": "…",
                 *       "from": "rollbook@example.edu"
                 *     }
                 */
                "application/json": components["schemas"]["MailServerInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailServer"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description the registration’s name or issuer contains */
                q?: string;
                registrationId?: string;
                state?: components["schemas"]["TokenState"];
                /** @description of the latest request that was turned down, however long ago */
                errorCode?: string;
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "state" | "-state" | "expiresAt" | "-expiresAt" | "requestsSaved" | "-requestsSaved" | "errorAt" | "-errorAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TokenSummary"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    dropToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTokenLives: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "obtainedAt" | "-obtainedAt";
            };
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TokenLife"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTokenRequests: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                reason?: components["schemas"]["TokenRequestReason"];
                outcome?: "granted" | "refused";
                errorCode?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
            };
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TokenRequest"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClientAssertion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientAssertion"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshToken: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    reportLaunch: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "idToken": "eyJhbGciOiJSUzI1NiIsImtpZCI6Im1vb2RsZS0xIn0.eyJpc3MiOiJodHRwczovL2xtcy5leGFtcGxlLmVkdSJ9.c2lnbmF0dXJl"
                 *     }
                 */
                "application/json": components["schemas"]["LaunchReport"];
            };
        };
        responses: {
            /** @description It was there already */
            200: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContextRecorded"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContextRecorded"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    recordContext: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: string;
                platformDeploymentId: string;
                contextId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Introduction to Biology",
                 *       "membershipsUrl": "https://lms.example.edu/api/lti/courses/1017/names_and_roles",
                 *       "scopes": [
                 *         "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ContextFacts"];
            };
        };
        responses: {
            /** @description It was there already */
            200: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContextRecorded"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContextRecorded"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            502: components["responses"]["PlatformFailed"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCourseChanges: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CourseLaunchChange"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveRegistration: {
        parameters: {
            query?: {
                /** @description that token endpoint and audience are meant, where 409 `operation.confirmation_needed` asks; needs `admin` */
                confirmsDestination?: "no" | "yes";
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    declineRegistration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveDeployment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
                deploymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    declineDeployment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                registrationId: string;
                deploymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "State University",
                 *       "profile": "moodle",
                 *       "days": 7
                 *     }
                 */
                "application/json": components["schemas"]["InvitationInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationCreated"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    prepareSigningKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    switchSigningKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    retireSigningKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaceSigningKeys: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description the beginning of a person's name, e-mail, user ID or SIS ID, of a line item's label, or of any ID; a part of a registration's, course's or operator's name; a service URL */
                q: string;
                /** @description so many of each kind at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSavedViews: {
        parameters: {
            query: {
                list: components["schemas"]["ListName"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SavedView"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    saveView: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "list": "runs",
                 *       "name": "Failed this week",
                 *       "query": "state=failed&sort=-took"
                 *     }
                 */
                "application/json": components["schemas"]["SavedViewInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSavedView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                savedViewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getActivity: {
        parameters: {
            query?: {
                period?: "24h" | "7d" | "30d";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activity"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeDemoData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoDataRemoved"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
                object?: string;
                objectId?: string;
                source?: "operator" | "api" | "schedule" | "system" | "anonymous";
                /** @description the actor's name contains */
                actor?: string;
                /** @description of an operator or an API key */
                actorId?: string;
                action?: string;
                /** @description actor, act, ID of the object, address, request ID or detail contains */
                q?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before this one */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description the next page, `rel="next"`; none on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        /** @description null on the last page */
                        nextCursor: string | null;
                        /** @description rows matching the filter, over all pages; at most 10,000 are counted */
                        total: number;
                        /** @description there are more rows than `total` */
                        totalIsCapped: boolean;
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Gradebook export",
                 *       "scopes": [
                 *         "read",
                 *         "scores:write"
                 *       ],
                 *       "expiresInDays": 90
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreated"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyRotation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreated"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOperators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Operator"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    addOperator: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada",
                 *       "email": "ada@example.edu",
                 *       "password": "a long and private sentence",
                 *       "role": "operator"
                 *     }
                 */
                "application/json": components["schemas"]["OperatorInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    inviteOperator: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada",
                 *       "email": "ada@example.edu",
                 *       "role": "operator",
                 *       "expiresInHours": 72
                 *     }
                 */
                "application/json": components["schemas"]["OperatorInvitation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPasswordLink: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                operatorId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expiresInHours": 24
                 *     }
                 */
                "application/json": components["schemas"]["PasswordLinkInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description where the result is read */
                    Location: string;
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                operatorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeOperatorAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operatorId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "viewer",
                 *       "seesNames": false
                 *     }
                 */
                "application/json": components["schemas"]["OperatorAccess"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operatorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSingleSignOn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SingleSignOn"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSingleSignOn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "issuer": "https://login.example.edu",
                 *       "clientId": "rollbook",
                 *       "clientSecret": "a secret of the provider",
                 *       "label": "University login",
                 *       "scopes": "openid email profile",
                 *       "rules": [
                 *         {
                 *           "claim": "groups",
                 *           "value": "rollbook-admins",
                 *           "role": "admin"
                 *         }
                 *       ],
                 *       "only": false
                 *     }
                 */
                "application/json": components["schemas"]["SingleSignOnInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SingleSignOn"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    testSingleSignOn: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SingleSignOnTest"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    allowPasswords: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordsAllowed"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Session"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOwnSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Session"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    endOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsEnded"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSessionLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionLimits"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSessionLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "idleHours": 8,
                 *       "longestHours": 168
                 *     }
                 */
                "application/json": components["schemas"]["SessionLimits"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionLimits"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSignInRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInRules"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSignInRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "askAgainMinutes": 15,
                 *       "adminsNeedSecondFactor": true
                 *     }
                 */
                "application/json": components["schemas"]["SignInRules"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInRules"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportPerson: {
        parameters: {
            query: {
                /** @description Rollbook's own identifier */
                registrationId: string;
                userId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "registrationId": "01939f2e-0000-7000-8000-000000000000",
                 *       "userId": "4f9c2a17"
                 *     }
                 */
                "application/json": components["schemas"]["PersonInput"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description sent where this is the stored answer to an earlier request */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasedPerson"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    listErasedPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ErasedPerson"][];
                    };
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionView"];
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "leftMembers": 365,
                 *       "rosterChanges": 365,
                 *       "outcomes": 365,
                 *       "events": 180,
                 *       "tokenRequests": 90,
                 *       "connectionTests": 365,
                 *       "launchSessions": 7,
                 *       "audit": null
                 *     }
                 */
                "application/json": components["schemas"]["Retention"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionView"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["MediaTypeRefused"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportRegistrations: {
        parameters: {
            query?: {
                /** @description name, issuer or client ID contains */
                q?: string;
                /** @description exactly this issuer */
                issuer?: string;
                /** @description exactly this client ID */
                clientId?: string;
                profile?: components["schemas"]["PlatformProfile"];
                /** @description those waiting for approval are listed as pending */
                state?: "pending" | "active" | "declined" | "all";
                archived?: "no" | "yes" | "all";
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "createdAt" | "-createdAt" | "lastLaunchAt" | "-lastLaunchAt";
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDrafts: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationDraft"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportCourses: {
        parameters: {
            query?: {
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description title, label or context ID contains */
                q?: string;
                registrationId?: string;
                /** @description exactly this deployment ID */
                deploymentId?: string;
                /** @description exactly this context ID */
                contextId?: string;
                service?: "memberships" | "grades";
                /** @description may need this scope: a roster's address is there, or it was announced */
                scope?: string;
                health?: components["schemas"]["Health"];
                /** @description roster: never synced, or not lately; scores: some wait to be sent */
                waiting?: "roster" | "scores";
                /** @description of the last roster sync or the last grade sync, where it failed */
                errorCode?: string;
                archived?: "no" | "yes" | "all";
                /** @description a minus before the column turns the order round */
                sort?: "title" | "-title" | "createdAt" | "-createdAt" | "rosterSyncedAt" | "-rosterSyncedAt" | "lastLaunchAt" | "-lastLaunchAt" | "memberCount" | "-memberCount";
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportMembers: {
        parameters: {
            query?: {
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "userId" | "-userId" | "email" | "-email" | "firstSeenAt" | "-firstSeenAt" | "changedAt" | "-changedAt";
                /** @description name, e-mail, user ID, SIS ID or LTI 1.1 user ID contains */
                q?: string;
                /** @description exactly this user ID */
                userId?: string;
                /** @description exactly this e-mail, in any case */
                email?: string;
                /** @description exactly this SIS ID */
                lisPersonSourcedId?: string;
                /** @description exactly this user ID of LTI 1.1 */
                lti11LegacyUserId?: string;
                role?: components["schemas"]["Standing"];
                /** @description in exactly this group */
                groupId?: string;
                presence?: "present" | "removed" | "all";
                /** @description what happened to them; takes the place of `presence` */
                change?: "added" | "changed" | "removed";
                /** @description a date or a moment, for `change` */
                since?: string;
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportHolds: {
        parameters: {
            query?: {
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description open when it is left out */
                state?: "open" | "approved" | "discarded" | "superseded" | "all";
                rule?: components["schemas"]["HoldRule"];
                registrationId?: string;
                courseId?: string;
                runId?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "createdAt" | "-createdAt" | "removals" | "-removals";
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportHeldMembers: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldMember"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportRunRosterChanges: {
        parameters: {
            query?: {
                kind?: components["schemas"]["RosterChangeKind"];
                state?: components["schemas"]["RosterChangeState"];
                /** @description user ID or name contains */
                q?: string;
                /** @description of a run over many courses, this one */
                courseId?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterChange"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportCourseRosterChanges: {
        parameters: {
            query?: {
                kind?: components["schemas"]["RosterChangeKind"];
                state?: components["schemas"]["RosterChangeState"];
                /** @description user ID or name contains */
                q?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterChange"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportLineItems: {
        parameters: {
            query?: {
                /** @description exactly this address */
                url?: string;
                /** @description exactly this resource ID */
                resourceId?: string;
                /** @description exactly this tag */
                tag?: string;
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineItem"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportScores: {
        parameters: {
            query?: {
                state?: components["schemas"]["ScoreState"];
                lineItemId?: string;
                /** @description exactly this user ID */
                userId?: string;
                /** @description exactly this SIS ID in the roster; needs `read:names` */
                sisId?: string;
                /** @description this e-mail in the roster, in any case of letters; needs `read:names` */
                email?: string;
                errorCode?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description user ID or name contains */
                q?: string;
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "lineItem" | "-lineItem" | "score" | "-score" | "updatedAt" | "-updatedAt" | "sentAt" | "-sentAt";
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Score"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportGradebook: {
        parameters: {
            query?: {
                /** @description user ID or name contains */
                q?: string;
                /** @description people who have a score in this state; missing counts as differs */
                state?: "sent" | "waiting" | "rejected" | "proven" | "differs";
                /** @description how many columns to pass over, oldest first */
                columnsFrom?: number;
                columnLimit?: number;
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradebookRow"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportResults: {
        parameters: {
            query?: {
                /** @description this person's result alone */
                userId?: string;
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                lineItemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Result"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDifferences: {
        parameters: {
            query?: {
                finding?: components["schemas"]["ProofFinding"];
                lineItemId?: string;
                /** @description user ID or name contains */
                q?: string;
                /** @description only those left as they are, or only the open ones */
                left?: boolean;
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportRuns: {
        parameters: {
            query?: {
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description one state or several, separated by commas */
                state?: components["schemas"]["RunState"][];
                kind?: components["schemas"]["RunKind"];
                registrationId?: string;
                courseId?: string;
                trigger?: components["schemas"]["RunTrigger"];
                /** @description who started it: the name contains */
                actor?: string;
                errorCode?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description finished, and took at least so long */
                minSeconds?: number;
                /** @description finished, and took at most so long */
                maxSeconds?: number;
                /** @description course, registration or who started it contains, or the run's ID begins with this text */
                q?: string;
                /** @description a minus before the column turns the order round */
                sort?: "createdAt" | "-createdAt" | "finishedAt" | "-finishedAt" | "took" | "-took";
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportOutcomes: {
        parameters: {
            query?: {
                kind?: "sent" | "rejected" | "unknown" | "confirmed" | "skipped";
                errorCode?: string;
                /** @description user ID or name contains */
                q?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreOutcome"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportBulkOperations: {
        parameters: {
            query?: {
                action?: components["schemas"]["BulkAction"];
                state?: "running" | "cancelling" | "done" | "cancelled";
                /** @description who started it: the name contains */
                actor?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOperation"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSchedules: {
        parameters: {
            query?: {
                registrationId?: string;
                courseId?: string;
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportWebhooks: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportWebhookDeliveries: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportTokens: {
        parameters: {
            query?: {
                /** @description only these, separated by commas */
                ids?: string[];
                /** @description the registration’s name or issuer contains */
                q?: string;
                registrationId?: string;
                state?: components["schemas"]["TokenState"];
                /** @description of the latest request that was turned down, however long ago */
                errorCode?: string;
                /** @description a minus before the column turns the order round */
                sort?: "name" | "-name" | "state" | "-state" | "expiresAt" | "-expiresAt" | "requestsSaved" | "-requestsSaved" | "errorAt" | "-errorAt";
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenSummary"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportTokenLives: {
        parameters: {
            query?: {
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "obtainedAt" | "-obtainedAt";
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenLife"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportTokenRequests: {
        parameters: {
            query?: {
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                reason?: components["schemas"]["TokenRequestReason"];
                outcome?: "granted" | "refused";
                errorCode?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                registrationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenRequest"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportCourseChanges: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseLaunchChange"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportInvitations: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportAuditEntries: {
        parameters: {
            query?: {
                object?: string;
                objectId?: string;
                source?: "operator" | "api" | "schedule" | "system" | "anonymous";
                /** @description the actor's name contains */
                actor?: string;
                /** @description of an operator or an API key */
                actorId?: string;
                action?: string;
                /** @description actor, act, ID of the object, address, request ID or detail contains */
                q?: string;
                /** @description from this day or moment on */
                since?: string;
                /** @description to the end of this day, or before this moment */
                until?: string;
                /** @description a minus before the column turns the order round */
                sort?: "at" | "-at";
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntry"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportApiKeys: {
        parameters: {
            query?: {
                format?: "csv" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"][];
                    "text/csv": string;
                };
            };
            401: components["responses"]["NotAuthenticated"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Unexpected"];
            503: components["responses"]["Unavailable"];
        };
    };
}
